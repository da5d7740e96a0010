import type { JobState } from './jobs.js';
import type { Instant } from './time.js';

/** Outcomes in one stretch of time. */
export interface Outcomes {
  readonly from: Instant;
  readonly successful: number;
  readonly failed: number;
  readonly cancelled: number;
}

/** Something that an operator should see first. */
export interface Warning {
  readonly kind: 'no-worker' | 'store-down' | 'worker-stalled';
  /** A sentence that says what is wrong and what to do. */
  readonly message: string;
  readonly queue?: string | undefined;
}

export interface StoreHealth {
  readonly store: 'broker' | 'results';
  readonly name: string;
  readonly up: boolean;
  /** Round trip of the last ping. */
  readonly pingMs?: number | undefined;
  readonly error?: string | undefined;
}

/** `GET overview?span=5m|1h|24h` */
export interface Overview {
  readonly at: Instant;
  readonly totals: Readonly<Record<JobState, number>>;
  /** In equal steps, oldest first; the last step is not over yet. */
  readonly outcomes: readonly Outcomes[];
  readonly stepMs: number;
  /** Jobs per second that ended, over the span. */
  readonly throughputPerSecond: number;
  /** Share of the ended ones that failed, 0 to 1; absent when none ended. */
  readonly failureRate?: number | undefined;
  readonly queues: readonly QueueRow[];
  readonly workersAlive: number;
  readonly stores: readonly StoreHealth[];
  readonly warnings: readonly Warning[];
}

/** `GET queues`, by name. */
export interface QueueList {
  readonly queues: readonly QueueRow[];
}

export interface QueueRow {
  readonly name: string;
  readonly counts: Readonly<Record<JobState, number>>;
  readonly oldestQueuedAt?: Instant | undefined;
  /** How long the longest waiting job has waited. */
  readonly latencyMs: number;
  /** Ended per second, over the last five minutes. */
  readonly throughputPerSecond: number;
  readonly failureRate?: number | undefined;
  readonly slotsInUse: number;
  /** Of all live workers; 0 without one. */
  readonly slots: number;
  readonly workers: number;
  readonly paused: boolean;
}

/** The body of `POST queues/:queue/concurrency`: handlers at once in each live worker process. */
export interface ConcurrencyChange {
  readonly concurrency: number;
}

/** What `POST queues/:queue/clear` answers. */
export interface Cleared {
  readonly deleted: number;
}
