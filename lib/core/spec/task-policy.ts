/** How long to wait before a retry: ms, or growing. Jitter spreads it by that share, both ways. */
export type Backoff =
  | number
  | {
      readonly type: 'fixed' | 'exponential';
      /** ms before the first retry; `exponential` doubles it with each retry used. */
      readonly delay: number;
      /** ms at most, jitter included. Default: one hour, or `delay` where that is longer. */
      readonly max?: number | undefined;
      /** 0 to 1. Default 0.2 for exponential, 0 for fixed. */
      readonly jitter?: number | undefined;
    };

/**
 * On a task or in `defaults` the backoff may also be computed: ms to wait, or null to give up.
 * `retried` is the number of retries used so far, 0 before the first.
 */
export type BackoffFunction = (retried: number, error: unknown) => number | null;

/** How failures of a task are treated, where a job does not say. Durations in ms. */
export interface TaskPolicy {
  /** Runs again after this many failures at most. Default 0. */
  readonly maxRetries?: number | undefined;
  /** Default: exponential from 1 s to 1 h, jitter 0.2. */
  readonly backoff?: Backoff | BackoffFunction | undefined;
  /** ms for one attempt; then it fails and its signal is aborted. Default: none. */
  readonly timeout?: number | undefined;
}
