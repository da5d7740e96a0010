import type { JobOptions } from './job-options.js';
import type { TaskDefinition } from './task-definition.js';

declare const RESULT: unique symbol;

/** A job to be: what `job()` returns. Frozen; nothing is sent before it is enqueued. */
export interface JobSpec<Result = unknown> {
  readonly kind: 'job';
  readonly task: string;
  /** Given when it was made from a definition. */
  // oxlint-disable-next-line no-explicit-any -- any definition, whatever its payload
  readonly definition?: TaskDefinition<any, any, any> | undefined;
  readonly payload: unknown;
  readonly options: JobOptions;
  readonly [RESULT]?: Result;
}

/** Jobs that run side by side. `Results` is the tuple of theirs, in member order. */
export interface GroupSpec<Results extends readonly unknown[] = readonly unknown[]> {
  readonly kind: 'group';
  readonly id?: string | undefined;
  readonly members: readonly JobSpec[];
  readonly onSuccess: readonly JobSpec[];
  readonly onError: readonly JobSpec[];
  readonly onComplete: readonly JobSpec[];
  readonly [RESULT]?: Results;
}

/** Jobs (or groups) that run one after the other, each with the result of the one before. */
export interface ChainSpec<Result = unknown> {
  readonly kind: 'chain';
  readonly id?: string | undefined;
  readonly steps: readonly (JobSpec | GroupSpec)[];
  readonly onError: readonly JobSpec[];
  readonly [RESULT]?: Result;
}
