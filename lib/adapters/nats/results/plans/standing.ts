import type { MarkStatus } from '../../../../core/ports/record.js';
import type { Mark } from '../../../../core/ports/results.js';

/** The latest that was said of one member of a plan, or of the plan as a whole. */
export interface Standing {
  readonly status: MarkStatus;
  readonly generation: number;
}

export const UNMARKED: Standing = { status: 'open', generation: 0 };

/**
 * Whether `next` counts after `last`, which was said of the same: what is said of an older run comes
 * too late; and a run that has ended stays so, even when word that it was opened arrives after that of
 * its end. A plan as a whole has no runs: the last word counts.
 */
export function supersedes(next: Mark, last: Standing): boolean {
  if (next.generation !== last.generation) return next.generation > last.generation;
  if (next.status === last.status) return false;
  return next.status !== 'open' || next.memberId === undefined;
}
