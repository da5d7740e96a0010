import type { QueueCounts } from '../ports/broker-inspector.js';
import type { RecordCounts } from '../ports/results.js';

/** How a queue stands. */
export interface QueueStats {
  readonly queued: number;
  readonly scheduled: number;
  readonly retrying: number;
  readonly processing: number;
  readonly successful: number;
  readonly failed: number;
  readonly cancelled: number;
  /** When the longest waiting job became due. */
  readonly oldestQueuedAt?: Date | undefined;
  /** Paused for all processes. */
  readonly paused: boolean;
  /** Live worker processes on it. */
  readonly workers: number;
}

export function queueStats(waiting: QueueCounts, ended: RecordCounts): QueueStats {
  return {
    // What a worker has read ahead has not started: it still waits.
    queued: waiting.waiting + waiting.claimed,
    scheduled: waiting.delayed,
    retrying: waiting.retrying,
    processing: waiting.started,
    successful: ended.successful,
    failed: ended.failed,
    cancelled: ended.cancelled,
    oldestQueuedAt: waiting.oldestDueAt === undefined ? undefined : new Date(waiting.oldestDueAt),
    paused: waiting.paused,
    workers: waiting.workers,
  };
}
