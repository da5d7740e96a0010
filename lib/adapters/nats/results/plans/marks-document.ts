import type { MarkStatus } from '../../../../core/ports/record.js';
import type { Mark } from '../../../../core/ports/results.js';

/** What is stored of how a plan stands. */
export type MarksDocument = StandingsDocument | EarlyDocument | VoidDocument;

/** Of a plan that is there. */
export interface StandingsDocument {
  readonly kind: 'standings';
  /** The sequence of the plan that it belongs to: none other's. */
  readonly plan: number;
  /** A letter per member id: its status. */
  readonly statuses: string;
  /** Of those whose generation is not 0 while open, 1 once ended: slot and generation. */
  readonly generations: readonly (readonly [slot: number, generation: number])[];
  readonly whole: readonly [status: MarkStatus, generation: number];
  readonly dispatched: readonly string[];
  readonly releasedAt?: number | undefined;
}

/** What was said before the plan came. */
export interface EarlyDocument {
  readonly kind: 'early';
  readonly marks: readonly Mark[];
  readonly heardAt: number;
}

/** The plan was deleted: what was said of it is void. */
export interface VoidDocument {
  readonly kind: 'void';
}

const LETTERS: Readonly<Record<MarkStatus, string>> = {
  open: 'o',
  successful: 's',
  failed: 'f',
  cancelled: 'c',
};

export function statusLetter(status: MarkStatus): string {
  return LETTERS[status];
}

export function statusOfLetter(letter = ''): MarkStatus {
  const statuses = ['open', 'successful', 'failed', 'cancelled'] as const;
  return statuses.find((status) => LETTERS[status] === letter) ?? 'open';
}
