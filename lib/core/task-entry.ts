import type { JobContext } from './job-context.js';
import type { TaskShape } from './spec/task-options.js';

export type CallbackKind = 'processing' | 'success' | 'retrying' | 'failed';

/** Told of a transition; `error` comes with `retrying` and `failed`. */
export type TaskCallback = (ctx: JobContext, error?: Error) => unknown;

/** A task with its handler, as one worker process knows it. */
export interface TaskEntry extends TaskShape {
  /** `Class.method`, for messages. */
  readonly owner: string;
  /** Runs the handler. May throw, or answer without a promise. */
  readonly run: (payload: unknown, ctx: JobContext) => unknown;
  readonly callbacks: Readonly<Record<CallbackKind, readonly TaskCallback[]>>;
}
