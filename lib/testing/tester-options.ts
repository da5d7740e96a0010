import type { JobOptions } from '../core/spec/job-spec.js';
import type { InputOf, TaskLike } from '../core/spec/task-types.js';

export interface DrainOptions {
  /** ms of real time that handlers may take. Default 4,000. */
  readonly timeout?: number | undefined;
}

/** Which of the enqueued jobs are meant: those that match all that is given. */
export interface EnqueuedFilter<Task extends TaskLike = TaskLike> {
  readonly task?: Task | undefined;
  readonly queue?: string | undefined;
  readonly groupId?: string | undefined;
  readonly chainId?: string | undefined;
  readonly scheduleId?: string | undefined;
}

/** What a single run may be given beside its payload. */
export interface RunOptions extends Pick<JobOptions, 'id' | 'headers' | 'timeout'> {
  /** What the handler finds as `ctx.prevJobResult`. */
  readonly prevJobResult?: unknown;
}

/** The payload may be left out where its type admits `undefined`. */
export type RunArguments<Task extends TaskLike> =
  undefined extends InputOf<Task>
    ? [payload?: InputOf<Task>, options?: RunOptions]
    : [payload: InputOf<Task>, options?: RunOptions];
