import { toToken } from '../../connection/subject-token.js';
import { LETTERS, type Label } from '../messages/message-label.js';
import type { MessageStore } from '../messages/message-store.js';
import type { Subjects } from '../messages/subjects.js';
import { encodeJson } from '../messages/own-json.js';
import type { MarksDocument } from './marks-document.js';
import type { PlanStandings } from './plan-standings.js';

/** What retention has to know of a plan: a label's `queue`. */
export const PLAN_STATES = { early: 'early', kept: 'kept', released: 'released', void: 'void' };

/** Stores how plans stand, each by compare-and-set. */
export class PlanWriter {
  constructor(
    private readonly store: MessageStore,
    private readonly subjects: Subjects,
    private readonly now: () => number,
  ) {}

  /** Gives the new sequence; undefined when somebody else has written since. */
  async write(
    planId: string,
    state: PlanStandings | MarksDocument,
    expect: number,
  ): Promise<number | undefined> {
    const isStandings = 'document' in state;
    const document = isStandings ? state.document : state;
    const written = await this.store.write({
      subject: this.subjects.marks(planId),
      payload: encodeJson(document),
      label: {
        ...this.#age(document),
        letter: LETTERS.marks,
        task: isStandings ? state.outcome : undefined,
        plan: toToken(planId),
      },
      expect,
    });
    return written.stored ? written.seq : undefined;
  }

  #age(document: MarksDocument): Pick<Label, 'at' | 'queue'> {
    if (document.kind === 'early') return { at: document.heardAt, queue: PLAN_STATES.early };
    if (document.kind === 'void') return { at: this.now(), queue: PLAN_STATES.void };
    const { releasedAt } = document;
    return releasedAt === undefined
      ? { at: 0, queue: PLAN_STATES.kept }
      : { at: releasedAt, queue: PLAN_STATES.released };
  }
}
