import type { JobSpec } from './job-spec.js';
import type { PayloadArguments } from './payload-arguments.js';
import type { StandardSchemaV1 } from './standard-schema.js';
import type { TaskShape } from './task-options.js';

/**
 * A task with its types, shared by those who enqueue it and the one handler that runs it: what
 * `defineTask()` returns. Frozen.
 *
 * Callers pass `Input`, the handler gets `Output`: two types where a payload schema transforms. The
 * handler returns `Returned`, readers get `Result`: two types where a result schema transforms.
 */
export interface TaskDefinition<
  Input = void,
  Result = void,
  Output = Input,
  Returned = Result,
> extends TaskShape {
  readonly payload?: StandardSchemaV1<Input, Output> | undefined;
  readonly result?: StandardSchemaV1<Returned, Result> | undefined;
  /** The same task, with the type of its result said. A result schema says it by itself. */
  returns<R>(): TaskDefinition<Input, R, Output>;
  /** A job of this task: `Add.job(payload, options)` is `job(Add, payload, options)`. */
  job(...rest: PayloadArguments<Input>): JobSpec<Result>;
}

/** Any definition, whatever its types. */
// oxlint-disable-next-line no-explicit-any -- a bound that every definition must meet, in and out
export type AnyTaskDefinition = TaskDefinition<any, any, any, any>;
