/** What a visitor may do beyond looking; each has its own right. */
export type Action =
  | 'job.enqueue'
  | 'job.retry'
  | 'job.cancel'
  | 'job.delete'
  | 'job.run-now'
  | 'queue.pause'
  | 'queue.resume'
  | 'queue.clear'
  | 'queue.concurrency'
  | 'schedule.pause'
  | 'schedule.resume'
  | 'schedule.run-now'
  | 'schedule.remove';

/** `GET visitor`: who looks, and what the dashboard may show and offer. */
export interface Visitor {
  /** As the module's `user` option names them; absent where it names nobody. */
  readonly user?: string | undefined;
  /** Empty for a visitor who may only look. */
  readonly actions: readonly Action[];
  /** Of this package. */
  readonly version: string;
  /** Where a trace is shown: `{header}` stands for the value of that header. */
  readonly traceLink?: string | undefined;
  /** Names for the completion of the filter bar. */
  readonly tasks: readonly string[];
  readonly queues: readonly string[];
}

/** What every refused call answers. */
export interface Refusal {
  readonly error: {
    /** A TASQUEUE_… code. */
    readonly code: string;
    /** Says what to do. */
    readonly message: string;
  };
}
