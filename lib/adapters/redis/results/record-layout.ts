import type { JobRecord, MarkStatus } from '../../../core/ports/record.js';

/**
 * How records lie in Redis. All: version (1 byte), letter (1).
 *
 * - Job: revision (5), finishedAt (6, 0 while unfinished), flags (1); generation, queue, task; then what
 *   the flags announce, then the body. After it the place of a record that stands where an earlier
 *   revision put it: that one (5).
 * - Plan: generation, flags (1), planId; number and names of members; body. What changes is its state.
 * - Tombstone: revision (5), generation in digits.
 *
 * Instants are big-endian, other numbers varints; texts and bytes have their length before them. Lua
 * reads all before the planId, and that: scripts/parts/results-records.lua.
 */
export const RECORD_VERSION = 1;

/** On the wire: never change one. */
export const LETTERS = {
  successful: 's',
  failed: 'f',
  cancelled: 'c',
  queued: 'q',
  processing: 'p',
  retrying: 'r',
} as const satisfies Record<JobRecord['status'], string>;

export type Letter = (typeof LETTERS)[keyof typeof LETTERS];

export const PLAN_LETTER = 'P';
export const TOMBSTONE_LETTER = 'T';

/** Where things stand in a job. */
export const AT = { letter: 1, revision: 2, finishedAt: 7, flags: 13, generation: 14 } as const;
/** Of a place: the revision of the list entry that names the record. */
export const PLACE_BYTES = 5;

/** What there is beside the usual. The first two are Lua's, too. */
export const FLAGS = {
  plan: 1,
  place: 2,
  result: 4,
  processedAt: 8,
  /** Another count than that of one run without retries. */
  counts: 16,
  more: 32,
} as const;

export const MORE = {
  dispatched: 1,
  deleting: 2,
  retryAt: 4,
  progress: 8,
  errors: 16,
  logs: 32,
  followUps: 64,
} as const;

/** What there is of an error beside its message. Earlier releases knew the first alone. */
export const ERROR_FLAGS = { stack: 1, startedAt: 2, worker: 4 } as const;

export const PLAN_FLAGS = {
  /** Lua's, too. */
  plan: 1,
  /** An id stands several times among the members. */
  repeats: 2,
} as const;

/** By the number that stands for each in the state of a plan. */
export const MARKS = [
  'open',
  'successful',
  'failed',
  'cancelled',
] as const satisfies readonly MarkStatus[];

/** Of the state of a plan, before its members: scripts/parts/results-plans.lua has the same. */
export const PLAN_HEAD_BYTES = 30;

const KINDS = new Map<string, 'plan' | 'tombstone' | JobRecord['status']>([
  [PLAN_LETTER, 'plan'],
  [TOMBSTONE_LETTER, 'tombstone'],
  [LETTERS.successful, 'successful'],
  [LETTERS.failed, 'failed'],
  [LETTERS.cancelled, 'cancelled'],
  [LETTERS.queued, 'queued'],
  [LETTERS.processing, 'processing'],
  [LETTERS.retrying, 'retrying'],
]);

/** What a record is: a plan, a tombstone, or a job of that status. Undefined for anything else. */
export function kindOf(record: Buffer): 'plan' | 'tombstone' | JobRecord['status'] | undefined {
  return KINDS.get(String.fromCodePoint(record[AT.letter] ?? 0));
}
