import type { QueueRow } from './overview.js';
import type { JobState } from './jobs.js';
import type { Instant } from './time.js';

/**
 * `GET live`: server-sent events, `event: pulse`, at most one a second and only when something changed;
 * a comment every 15 s otherwise. A page refetches what it shows; one that cannot keep the stream open
 * asks `GET pulse`, the same as JSON, every five seconds.
 */
export interface Pulse {
  readonly at: Instant;
  /** Changes whenever anything that a page shows may have changed. */
  readonly version: string;
  readonly totals: Readonly<Record<JobState, number>>;
  readonly queues: readonly QueueRow[];
}
