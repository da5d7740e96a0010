import type { MarkStatus } from '../../../core/ports/record.js';
import type { Mark } from '../../../core/ports/results.js';

/** The latest that was said of one member of a plan, or of the plan as a whole. */
export class Standing {
  constructor(
    public status: MarkStatus,
    public generation: number,
    /** Places among the members that it stands for. */
    public places: number,
  ) {}

  /** How many of its places are open. */
  get open(): number {
    return this.status === 'open' ? this.places : 0;
  }

  /** False when the mark changes nothing. */
  take(mark: Mark): boolean {
    if (!supersedes(mark, this)) return false;
    this.status = mark.status;
    this.generation = mark.generation;
    return true;
  }
}

/**
 * Whether `next` counts after `last`, which was said of the same: what is said of an older run comes
 * too late; and a run that has ended stays so, even when word that it was opened arrives after that of
 * its end. A plan as a whole has no runs: the last word counts.
 */
export function supersedes(next: Mark, last: Pick<Mark, 'generation' | 'status'>): boolean {
  if (next.generation !== last.generation) return next.generation > last.generation;
  if (next.status === last.status) return false;
  return next.status !== 'open' || next.memberId === undefined;
}
