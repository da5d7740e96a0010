import type { PlanRecord } from '../../../../core/ports/record.js';
import type { MessageStore } from '../messages/message-store.js';
import type { Held, RecordBook } from '../records/record-book.js';
import type { Subjects } from '../messages/subjects.js';
import { decodeOwnJson } from '../messages/own-json.js';
import type { MarksDocument } from './marks-document.js';
import { PlanStandings } from './plan-standings.js';

/** How a plan stands, and the sequence of the message that says so (0: none yet). */
export interface PlanView {
  readonly plan: Held<PlanRecord>;
  readonly standings: PlanStandings;
  readonly marksSeq: number;
}

/** What is known of a plan that is not there. */
export interface NoPlan {
  /** Nothing at all is under its id: it may still come. */
  readonly mayCome: boolean;
  readonly document: MarksDocument | undefined;
  readonly marksSeq: number;
}

/** Puts a plan together: what was announced, and what has been marked since. */
export class PlanReader {
  constructor(
    private readonly store: MessageStore,
    private readonly book: RecordBook,
    private readonly subjects: Subjects,
  ) {}

  async load(planId: string): Promise<PlanView | NoPlan> {
    const [held, marks] = await Promise.all([this.book.read(planId), this.#readMarks(planId)]);
    if (isPlan(held)) return viewOf(held, marks);
    return { mayCome: held === undefined, document: marks?.document, marksSeq: marks?.seq ?? 0 };
  }

  /** Of a plan that was just read or stored. */
  async complete(plan: Held<PlanRecord>): Promise<PlanView> {
    return viewOf(plan, await this.#readMarks(plan.record.id));
  }

  async #readMarks(planId: string): Promise<StoredMarks | undefined> {
    const message = await this.store.read(this.subjects.marks(planId));
    return message && { document: decodeOwnJson<MarksDocument>(message.payload), seq: message.seq };
  }
}

interface StoredMarks {
  readonly document: MarksDocument;
  readonly seq: number;
}

export function isPlan(held: Held | undefined): held is Held<PlanRecord> {
  return held?.record.kind === 'plan';
}

function viewOf(plan: Held<PlanRecord>, marks: StoredMarks | undefined): PlanView {
  const standings = new PlanStandings(plan, marks?.document);
  return { plan, standings, marksSeq: marks?.seq ?? 0 };
}
