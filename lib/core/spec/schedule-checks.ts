import type { CronReader, CronSpec } from '../cron.js';
import { expecting, plainOr } from '../validation/check.js';
import { shape, type Table } from '../validation/shape.js';

const text = (what: string) =>
  expecting(what, (value) => typeof value === 'string' && value.trim() !== '');

const expression = text('a cron expression of five or six fields');

const CRON_SPEC: Table<CronSpec> = {
  cron: expression,
  timezone: text("an IANA time zone such as 'Europe/Berlin'"),
};

/** The form of a schedule; whether it can be read is `scheduleProblem`'s. */
export const schedule = plainOr(expression, shape(CRON_SPEC, { required: ['cron'] }));

/** What a reader of cron expressions finds wrong with a schedule: it cannot be read, or it never fires. */
export function scheduleProblems(value: unknown, cron: CronReader | undefined): readonly string[] {
  if (!cron || !isSchedule(value)) return [];
  const problem = cron.problem(typeof value === 'string' ? { cron: value } : value);
  return problem === undefined ? [] : [`schedule: ${problem}`];
}

/** False for undefined, and for what `schedule` above refuses. */
function isSchedule(value: unknown): value is string | CronSpec {
  return value !== undefined && schedule(value, '').length === 0;
}
