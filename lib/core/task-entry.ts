import type { JobContext } from './job-context.js';
import type { Backoff, BackoffFunction } from './spec/job-options.js';
import type { StandardSchemaV1 } from './spec/standard-schema.js';
import type { CronSpec } from './cron.js';

/** How failures of a task are treated, where a job does not say. Durations in ms. */
export interface TaskPolicy {
  readonly maxRetries?: number | undefined;
  readonly backoff?: Backoff | BackoffFunction | undefined;
  readonly timeout?: number | undefined;
}

export type CallbackKind = 'processing' | 'success' | 'retrying' | 'failed';

/** Told of a transition; `error` comes with `retrying` and `failed`. */
export type TaskCallback = (ctx: JobContext, error?: Error) => unknown;

/** A task with its handler, as one worker process knows it. */
export interface TaskEntry extends TaskPolicy {
  readonly name: string;
  /** `Class.method`, for messages. */
  readonly owner: string;
  readonly queue?: string | undefined;
  readonly concurrency?: number | undefined;
  readonly schedule?: string | CronSpec | undefined;
  readonly payload?: StandardSchemaV1 | undefined;
  readonly result?: StandardSchemaV1 | undefined;
  /** Old names whose jobs it runs too. */
  readonly aliases?: readonly string[] | undefined;
  /** Runs the handler. May throw, or answer without a promise. */
  readonly run: (payload: unknown, ctx: JobContext) => unknown;
  readonly callbacks: Readonly<Record<CallbackKind, readonly TaskCallback[]>>;
}
