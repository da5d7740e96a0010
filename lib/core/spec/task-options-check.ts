import type { CronReader } from '../cron.js';
import { expecting, listOf, refuse } from '../validation/check.js';
import { isFields, shape, type Table } from '../validation/shape.js';
import { integerFrom, name } from '../validation/values.js';
import { POLICY } from './policy-checks.js';
import { schedule, scheduleProblems } from './schedule-checks.js';
import type { TaskOptions } from './task-options.js';

const standardSchema = expecting(
  'a Standard Schema (zod, valibot, arktype, …)',
  // Some libraries make schemas that are functions.
  (value) =>
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    '~standard' in value,
);

const DEFINITION_OPTIONS: Table<Omit<TaskOptions, 'instance'>> = {
  queue: name,
  concurrency: integerFrom(1),
  ...POLICY,
  schedule,
  payload: standardSchema,
  result: standardSchema,
  aliases: listOf('task names', name),
};

export const TASK_OPTIONS: Table<TaskOptions> = { ...DEFINITION_OPTIONS, instance: name };

const checkTask = shape(TASK_OPTIONS);
const checkDefinition = shape(DEFINITION_OPTIONS);

/**
 * Throws InvalidOptionsError with all that is wrong with the options of a `@Task`. `where` names it in
 * the message. With a `cron` reader, its schedule is read too.
 */
export function checkTaskOptions(options: TaskOptions, where: string, cron?: CronReader): void {
  const problems = checkTask(options, '');
  const asked = isFields(options) ? options.schedule : undefined;
  refuse(where, [...problems, ...scheduleProblems(asked, cron)]);
}

/** The same for what `defineTask()` takes. */
export function checkDefinitionOptions(
  options: Omit<TaskOptions, 'instance'>,
  where: string,
): void {
  refuse(where, checkDefinition(options, ''));
}

/** A task's name: what tells its jobs apart in a queue. */
export function checkTaskName(value: string, where: string): void {
  refuse(where, name(value, 'name'));
}
