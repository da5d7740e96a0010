import type { CronSpec } from '../cron.js';
import type { TaskShape } from './task-options.js';
import type { Backoff } from './task-policy.js';

/** Carries a result's type through specs; never there at run time. */
declare const RESULT: unique symbol;

/** What a caller may say of one job. Durations in ms. */
export interface JobOptions {
  /** Your own id, 1 to 200 characters: enqueueing a known one does nothing. Default: a generated one. */
  readonly id?: string | undefined;
  /** Default: the task's. */
  readonly queue?: string | undefined;
  /** Runs again after this many failures at most. Default: the task's, or 0. */
  readonly maxRetries?: number | undefined;
  /** Default: the task's, or exponential from 1 s to 1 h with jitter 0.2. */
  readonly backoff?: Backoff | undefined;
  /** ms for one attempt; then it fails and its signal is aborted. Default: the task's, or none. */
  readonly timeout?: number | undefined;
  /** Not before this instant. Not together with `delay`. */
  readonly eta?: Date | undefined;
  /** Not before this many ms from now; in a chain, from the release of the step. */
  readonly delay?: number | undefined;
  /**
   * Makes it a schedule: a run at each slot of a cron expression with five or six fields. Not in groups,
   * chains and callbacks, nor with `eta` or `delay`.
   */
  readonly schedule?: string | CronSpec | undefined;
  /** Integer; higher runs first. Default 0. */
  readonly priority?: number | undefined;
  /** Started later than this, it fails as expired without running. */
  readonly expiresAt?: Date | undefined;
  /** Enqueued when it has succeeded, each with its result as `prevJobResult`. */
  readonly onSuccess?: readonly JobSpec[] | undefined;
  /** Enqueued when it has finally failed. */
  readonly onError?: readonly JobSpec[] | undefined;
  /** Yours to read in the handler; callbacks inherit them, their own keys win. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** A job to be: what `job()` returns. Frozen; nothing is sent before it is enqueued. */
export interface JobSpec<Result = unknown> {
  readonly kind: 'job';
  readonly task: string;
  /** Given when it was made from a definition. */
  readonly definition?: TaskShape | undefined;
  readonly payload: unknown;
  readonly options: JobOptions;
  readonly [RESULT]?: () => Result;
}

/** Jobs that run side by side. `Results` is the tuple of theirs, in member order. */
export interface GroupSpec<Results extends readonly unknown[] = readonly unknown[]> {
  readonly kind: 'group';
  readonly id?: string | undefined;
  readonly members: readonly JobSpec[];
  readonly onSuccess: readonly JobSpec[];
  readonly onError: readonly JobSpec[];
  readonly onComplete: readonly JobSpec[];
  readonly [RESULT]?: () => Results;
}

/** Jobs (or groups) that run one after the other, each with the result of the one before. */
export interface ChainSpec<Result = unknown> {
  readonly kind: 'chain';
  readonly id?: string | undefined;
  readonly steps: readonly (JobSpec | GroupSpec)[];
  readonly onError: readonly JobSpec[];
  readonly [RESULT]?: () => Result;
}
