/** The slots of one queue in one worker process. */
export interface WorkerSlots {
  readonly queue: string;
  readonly concurrency: number;
  /** Handlers at work. */
  readonly inUse: number;
}

/** A job whose handler is at work. */
export interface RunningJob {
  readonly id: string;
  readonly task: string;
  readonly queue: string;
  readonly startedAt: Date;
}

/**
 * A live worker process. What the broker does not know (from `toldAt` on) the worker tells every ten
 * seconds; absent until it first has.
 */
export interface WorkerMessage {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  readonly queues: readonly string[];
  readonly startedAt: Date;
  readonly beatAt: Date;
  /** Jobs it holds, running or read ahead. */
  readonly held: number;
  /** When it told what follows. */
  readonly toldAt?: Date | undefined;
  /** Of this package, in that process. */
  readonly version?: string | undefined;
  readonly slots?: readonly WorkerSlots[] | undefined;
  /** The longest running first, 100 at most. */
  readonly running?: readonly RunningJob[] | undefined;
  readonly runningCount?: number | undefined;
  /** ms by which timers of that process were late at worst, since it last told. */
  readonly eventLoopDelayMs?: number | undefined;
  /** When it last heard from the broker as it asked for jobs. */
  readonly fetchedAt?: Date | undefined;
}
