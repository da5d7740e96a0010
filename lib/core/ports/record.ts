import type { JobStatus } from '../job-status.js';

/** One failed attempt, as stored. Bounded in number and size by core. */
export interface RunError {
  readonly attempt: number;
  /** Epoch ms. */
  readonly at: number;
  readonly message: string;
  readonly stack?: string | undefined;
  /** When its handler was called; epoch ms. Absent where that was not, and in records of earlier releases. */
  readonly startedAt?: number | undefined;
  /** Where that was: `host:pid`. */
  readonly worker?: string | undefined;
}

/**
 * What happened to a job, whole: core computes every new state, a results store keeps the latest.
 * Immutable; a new state is a new object. Instants are epoch ms.
 */
export interface JobRecord {
  readonly kind: 'job';
  readonly id: string;
  readonly generation: number;
  /** The fence: which begun run this state belongs to. Raised by each begin, cancel and reopen. */
  readonly run: number;
  readonly status: Exclude<JobStatus, 'scheduled'>;
  readonly queue: string;
  readonly task: string;
  /** The message body as enqueued; opaque to the store. */
  readonly body: Uint8Array;
  /** Encoded result, once saved or returned. */
  readonly result?: Uint8Array | undefined;
  readonly maxRetries: number;
  readonly attempt: number;
  readonly retried: number;
  readonly crashes: number;
  readonly processedAt?: number | undefined;
  /** Set exactly when the status is final. */
  readonly finishedAt?: number | undefined;
  /** While `retrying`: when the next run is due. */
  readonly retryAt?: number | undefined;
  readonly errors: readonly RunError[];
  readonly logs: readonly string[];
  /** Encoded last progress. */
  readonly progress?: Uint8Array | undefined;
  /** Ids of the follow-up jobs that this outcome, or an earlier one, gives rise to. */
  readonly onSuccessIds: readonly string[];
  readonly onErrorIds: readonly string[];
  /** True once the follow-ups named above have been accepted by the broker. */
  readonly dispatched: boolean;
  /** The group or chain it is a member of. Such a record is kept until `release`. */
  readonly planId?: string | undefined;
  /** Cancelled because it is being deleted: a tombstone will take its place. */
  readonly deleting?: boolean | undefined;
}

/** How a member of a group or a step of a chain stands, as far as its plan has been told. */
export type MarkStatus = 'open' | 'successful' | 'failed' | 'cancelled';

/** A group or a chain: what was announced, and what has been marked since. */
export interface PlanRecord {
  readonly kind: 'plan';
  readonly id: string;
  readonly generation: number;
  /** The message body as enqueued (members, callbacks); opaque to the store. */
  readonly body: Uint8Array;
  readonly memberIds: readonly string[];
  /** One entry per member, in the order of `memberIds`. */
  readonly marks: readonly MarkStatus[];
  /** The generation of the latest mark taken, per member; 0 before any. Kept by the store. */
  readonly generations: readonly number[];
  /** Cancelled as a whole. */
  readonly cancelled: boolean;
  /** Names of what has been dispatched at its ends ('success', 'error', 'complete'): each at most once ever. */
  readonly dispatched: readonly string[];
  /** The chain whose step it is. */
  readonly planId?: string | undefined;
}

/** A deleted id. Keeps late runs from bringing it back; a new enqueue takes the next generation. */
export interface Tombstone {
  readonly kind: 'tombstone';
  readonly id: string;
  readonly generation: number;
}

export type StoredRecord = JobRecord | PlanRecord | Tombstone;

/** A record with the store's own version of it, which every write changes. */
export interface Versioned<R extends StoredRecord = StoredRecord> {
  readonly record: R;
  /** Opaque; 0 is never used by a store. */
  readonly revision: number;
}
