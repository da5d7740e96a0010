import type { MarkStatus } from '../../../core/ports/record.js';

/** How something stands, as of the run of a generation. */
export interface Said {
  readonly status: MarkStatus;
  readonly generation: number;
}

/** The latest that was said of one member of a plan, or of the plan as a whole. */
export class Standing implements Said {
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

  /** False when what is said changes nothing. */
  take(said: Said): boolean {
    if (!supersedes(said, this)) return false;
    this.status = said.status;
    this.generation = said.generation;
    return true;
  }
}

/**
 * Whether `next` counts after `last`: what is said of an older run comes too late; and a run that
 * has ended stays so, even when word that it was opened arrives after that of its end.
 */
export function supersedes(next: Said, last: Said): boolean {
  if (next.generation !== last.generation) return next.generation > last.generation;
  return next.status !== 'open' && next.status !== last.status;
}
