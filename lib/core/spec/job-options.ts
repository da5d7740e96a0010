import type { CronSpec } from '../cron.js';
import type { JobSpec } from './job-spec.js';

/** How long to wait before a retry: ms, or growing. Jitter spreads it by that share, both ways. */
export type Backoff =
  | number
  | {
      readonly type: 'fixed' | 'exponential';
      /** ms before the first retry. */
      readonly delay: number;
      /** ms at most. Default: one hour. */
      readonly max?: number | undefined;
      /** 0 to 1. Default 0.2 for exponential, 0 for fixed. */
      readonly jitter?: number | undefined;
    };

/** On a task or in `defaults` the backoff may also be computed; null gives up. */
export type BackoffFunction = (retried: number, error: unknown) => number | null;

/** What a caller may say of one job. Durations in ms. */
export interface JobOptions {
  /** Your own id: enqueueing a known one does nothing. Default: a generated one. */
  readonly id?: string | undefined;
  readonly queue?: string | undefined;
  /** Runs again after this many failures at most. Default 0. */
  readonly maxRetries?: number | undefined;
  readonly backoff?: Backoff | undefined;
  /** ms for one attempt; then it fails and its signal is aborted. Default: none. */
  readonly timeout?: number | undefined;
  /** Not before this instant. Not together with `delay`. */
  readonly eta?: Date | undefined;
  /** Not before this many ms from now; in a chain, from the release of the step. */
  readonly delay?: number | undefined;
  readonly schedule?: string | CronSpec | undefined;
  /** Integer; higher runs first. Default 0. */
  readonly priority?: number | undefined;
  /** Started later than this, it fails as expired without running. */
  readonly expiresAt?: Date | undefined;
  readonly onSuccess?: readonly JobSpec[] | undefined;
  readonly onError?: readonly JobSpec[] | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}
