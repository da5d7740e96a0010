import { refuse, expected } from '../validation/check.js';
import { isFields } from '../validation/shape.js';
import { name } from '../validation/values.js';
import { allWithHeaders } from './headers.js';
import { checkJobOptions } from './job-options-check.js';
import type { JobOptions, JobSpec } from './job-spec.js';
import type { TaskShape } from './task-options.js';
import type { EnqueueArguments, ResultOf, TaskLike } from './task-types.js';

export const NO_JOB_OPTIONS: JobOptions = Object.freeze({});

/**
 * Describes a job, to be enqueued alone, in a group or chain, or as a callback. Sends nothing. Throws
 * InvalidOptionsError at once; what needs to know the tasks is checked at enqueue.
 */
export function job<Task extends TaskLike>(
  task: Task,
  ...rest: EnqueueArguments<Task>
): JobSpec<ResultOf<Task>>;
export function job(task: unknown, payload?: unknown, options?: JobOptions): JobSpec {
  const definition = isTaskShape(task) ? task : undefined;
  const taskName = definition ? definition.name : task;
  refuseNoTask(taskName);
  return Object.freeze({
    kind: 'job' as const,
    task: taskName,
    ...(definition && { definition }),
    payload,
    options: options === undefined ? NO_JOB_OPTIONS : checkedOptions(options, taskName),
  });
}

function isTaskShape(value: unknown): value is TaskShape {
  return isFields(value) && typeof value['name'] === 'string';
}

function refuseNoTask(value: unknown): asserts value is string {
  if (typeof value !== 'string')
    refuse('job()', [expected('a task name, or what defineTask() gives', 'task', value)]);
  refuse('job()', name(value, 'task'));
}

function checkedOptions(options: JobOptions, task: string): JobOptions {
  checkJobOptions(options, `job '${task}'`);
  const { onSuccess, onError } = options;
  const headers = options.headers && Object.freeze({ ...options.headers });
  return Object.freeze({
    ...options,
    ...(headers && { headers }),
    ...(onSuccess && { onSuccess: allWithHeaders(onSuccess, headers) }),
    ...(onError && { onError: allWithHeaders(onError, headers) }),
  });
}
