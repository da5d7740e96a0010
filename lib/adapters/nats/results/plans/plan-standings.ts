import type { FinalStatus } from '../../../../core/job-status.js';
import type { PlanRecord } from '../../../../core/ports/record.js';
import type { Mark, PlanProgress } from '../../../../core/ports/results.js';
import type { Held } from '../records/record-book.js';
import { stillValid } from './early-marks.js';
import {
  statusLetter,
  statusOfLetter,
  type MarksDocument,
  type StandingsDocument,
} from './marks-document.js';
import { PlanMembers } from './plan-members.js';
import { supersedes, UNMARKED, type Standing } from './standing.js';

/** How the members of one plan stand: read from what is stored, changed, and written back. */
export class PlanStandings {
  readonly #slots: Standing[];
  #whole: Standing;
  #open = 0;
  #dispatched: readonly string[];
  #releasedAt: number | undefined;

  constructor(
    private readonly plan: Held<PlanRecord>,
    stored: MarksDocument | undefined,
    private readonly members = new PlanMembers(plan.record),
  ) {
    const { marks, generations, cancelled, dispatched } = plan.record;
    this.#slots = members.weights.map(() => UNMARKED);
    members.places.forEach((slot, place) => {
      const generation = generations[place] ?? 0;
      this.#slots[slot] = { status: marks[place] ?? 'open', generation };
    });
    this.#whole = { status: cancelled ? 'cancelled' : 'open', generation: 0 };
    this.#dispatched = dispatched;
    if (stored?.kind === 'standings' && stored.plan === plan.seq) this.#restore(stored);
    this.#open = this.#countOpen();
    for (const mark of stillValid(stored, plan.at)) this.mark(mark);
  }

  get progress(): PlanProgress {
    return { members: this.members.places.length, open: this.#open };
  }

  get releasedAt(): number | undefined {
    return this.#releasedAt;
  }

  get outcome(): FinalStatus {
    if (this.#whole.status === 'cancelled') return 'cancelled';
    return this.#slots.every(({ status }) => status === 'successful') ? 'successful' : 'failed';
  }

  /** False when the mark changes nothing. One that opens a member takes a release back. */
  mark(mark: Mark): boolean {
    const { memberId, status, generation } = mark;
    if (memberId === undefined) {
      if (!supersedes(mark, this.#whole)) return false;
      this.#whole = { status, generation };
      return true;
    }
    const slot = this.members.slotOf.get(memberId);
    const last = slot === undefined ? undefined : this.#slots[slot];
    if (slot === undefined || last === undefined || !supersedes(mark, last)) return false;
    const weight = this.members.weights[slot] ?? 0;
    this.#slots[slot] = { status, generation };
    this.#open += weight * (Number(status === 'open') - Number(last.status === 'open'));
    if (status === 'open' && last.status !== 'open') this.#releasedAt = undefined;
    return true;
  }

  /** False when all of these ends were noted already. */
  noteDispatched(ends: readonly string[]): boolean {
    const noted = [...new Set([...this.#dispatched, ...ends])];
    if (noted.length === this.#dispatched.length) return false;
    this.#dispatched = noted;
    return true;
  }

  /** False when it is released already. */
  release(at: number): boolean {
    if (this.#releasedAt !== undefined) return false;
    this.#releasedAt = at;
    return true;
  }

  get record(): PlanRecord {
    const standings = this.members.places.map((slot) => this.#slots[slot] ?? UNMARKED);
    return {
      ...this.plan.record,
      marks: standings.map(({ status }) => status),
      generations: standings.map(({ generation }) => generation),
      cancelled: this.#whole.status === 'cancelled',
      dispatched: this.#dispatched,
    };
  }

  get document(): StandingsDocument {
    const generations = this.#slots.flatMap(({ status, generation }, slot) =>
      generation === usualGeneration(status) ? [] : [[slot, generation] as const],
    );
    return {
      kind: 'standings',
      plan: this.plan.seq,
      statuses: this.#slots.map(({ status }) => statusLetter(status)).join(''),
      generations,
      whole: [this.#whole.status, this.#whole.generation],
      dispatched: this.#dispatched,
      releasedAt: this.#releasedAt,
    };
  }

  #restore(stored: StandingsDocument): void {
    for (const slot of this.#slots.keys()) {
      const status = statusOfLetter(stored.statuses[slot]);
      this.#slots[slot] = { status, generation: usualGeneration(status) };
    }
    for (const [slot, generation] of stored.generations)
      this.#slots[slot] = { status: this.#slots[slot]?.status ?? 'open', generation };
    const [status, generation] = stored.whole;
    this.#whole = { status, generation };
    this.#dispatched = stored.dispatched;
    this.#releasedAt = stored.releasedAt;
  }

  #countOpen(): number {
    return this.#slots.reduce(
      (open, { status }, slot) =>
        status === 'open' ? open + (this.members.weights[slot] ?? 0) : open,
      0,
    );
  }
}

/** What need not be stored. */
function usualGeneration(status: Standing['status']): number {
  return status === 'open' ? 0 : 1;
}
