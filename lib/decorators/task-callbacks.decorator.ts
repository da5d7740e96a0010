import type { JobContext } from '../core/job-context.js';
import type { AnyTaskDefinition } from '../core/spec/task-definition.js';
import type { TaskName } from '../core/spec/task-registry.js';
import type { CallbackKind } from '../core/task-entry.js';
import { declare, type DecoratorOf } from './task-metadata.accessor.js';

export interface TaskCallbackOptions {
  /** The named Tasqueue instance whose task is meant. Default: the one without a name. */
  readonly instance?: string | undefined;
}

type WithContext = (ctx: JobContext) => unknown;
type WithError = (ctx: JobContext, error: Error) => unknown;

/** Calls the method when an attempt of the task starts. Awaited by nobody; one that throws is logged. */
export function OnProcessing(
  task: AnyTaskDefinition | TaskName,
  options?: TaskCallbackOptions,
): DecoratorOf<WithContext> {
  return callback('@OnProcessing', 'processing', task, options);
}

/** Calls the method once a job of the task has succeeded, at most once and best effort: see `@OnFailed`. */
export function OnSuccess(
  task: AnyTaskDefinition | TaskName,
  options?: TaskCallbackOptions,
): DecoratorOf<WithContext> {
  return callback('@OnSuccess', 'success', task, options);
}

/** Calls the method with the error of an attempt after which the job will be run again. */
export function OnRetrying(
  task: AnyTaskDefinition | TaskName,
  options?: TaskCallbackOptions,
): DecoratorOf<WithError> {
  return callback('@OnRetrying', 'retrying', task, options);
}

/**
 * Calls the method with the last error once a job of the task has finally failed: in the worker that
 * recorded it, at most once, best effort. What must happen belongs in the job's `onError`.
 */
export function OnFailed(
  task: AnyTaskDefinition | TaskName,
  options?: TaskCallbackOptions,
): DecoratorOf<WithError> {
  return callback('@OnFailed', 'failed', task, options);
}

function callback(
  decorator: string,
  on: CallbackKind,
  task: AnyTaskDefinition | string,
  options: TaskCallbackOptions = {},
): DecoratorOf<WithError> {
  return declare(decorator, { kind: 'callback', on, task, instance: options.instance });
}
