import type { Instant } from './time.js';

/** `GET workers`, the latest started first. */
export interface WorkerList {
  readonly workers: readonly WorkerRow[];
}

export interface WorkerRow {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  /** Of this package, in that process. */
  readonly version?: string | undefined;
  readonly startedAt: Instant;
  readonly queues: readonly WorkerQueue[];
  readonly running: readonly RunningJob[];
  /** More run than are listed when this is larger. */
  readonly runningCount: number;
  readonly eventLoopDelayMs?: number | undefined;
  readonly beatAt: Instant;
  /** When it last heard from the broker as it asked for jobs. */
  readonly fetchedAt?: Instant | undefined;
}

export interface WorkerQueue {
  readonly name: string;
  readonly concurrency?: number | undefined;
  readonly slotsInUse?: number | undefined;
}

export interface RunningJob {
  readonly id: string;
  readonly task: string;
  readonly queue: string;
  readonly startedAt: Instant;
}
