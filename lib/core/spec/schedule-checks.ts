import type { CronReader, CronSpec } from '../cron.js';
import { expecting, plainOr } from '../validation/check.js';
import { isFields, shape, type Table } from '../validation/shape.js';

const text = (what: string) =>
  expecting(what, (value) => typeof value === 'string' && value.trim() !== '');

const expression = text('a cron expression of five or six fields');

const CRON_SPEC: Table<CronSpec> = {
  cron: expression,
  timezone: text("an IANA time zone such as 'Europe/Berlin'"),
};

/** The form of a schedule; whether it can be read is `scheduleProblem`'s. */
export const schedule = plainOr(expression, shape(CRON_SPEC, { required: ['cron'] }));

/** A schedule as its two parts. */
export function toCronSpec(value: string | CronSpec): CronSpec {
  return typeof value === 'string' ? { cron: value } : value;
}

/** What a reader of cron expressions finds wrong with the `schedule` of options: unreadable, or never fires. */
export function scheduleProblems(
  options: unknown,
  cron: CronReader | undefined,
): readonly string[] {
  const value = isFields(options) ? options['schedule'] : undefined;
  if (!cron || !isSchedule(value)) return [];
  const problem = cron.problem(toCronSpec(value));
  return problem === undefined ? [] : [`schedule: ${problem}`];
}

/** False for undefined, and for what has been refused already. */
function isSchedule(value: unknown): value is string | CronSpec {
  return value !== undefined && schedule(value, '').length === 0;
}
