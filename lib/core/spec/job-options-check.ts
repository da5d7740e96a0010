import type { CronReader } from '../cron.js';
import { refuse } from '../validation/check.js';
import { isFields, shape, type Rule, type Table } from '../validation/shape.js';
import {
  duration,
  instant,
  int32,
  integerFrom,
  name,
  positiveDuration,
} from '../validation/values.js';
import { headers } from './headers.js';
import type { JobOptions } from './job-spec.js';
import { jobBackoff } from './policy-checks.js';
import { schedule, scheduleProblems } from './schedule-checks.js';
import { jobs } from './spec-checks.js';

export const JOB_OPTIONS: Table<JobOptions> = {
  id: name,
  queue: name,
  maxRetries: integerFrom(0),
  backoff: jobBackoff,
  timeout: positiveDuration,
  eta: instant,
  delay: duration,
  schedule,
  priority: int32,
  expiresAt: instant,
  onSuccess: jobs,
  onError: jobs,
  headers,
};

function notBoth(key: keyof JobOptions, other: keyof JobOptions): Rule {
  return (options) =>
    options[key] === undefined || options[other] === undefined
      ? undefined
      : `${key}: expected '${key}' or '${other}', got both`;
}

const check = shape(JOB_OPTIONS, {
  rules: [notBoth('eta', 'delay'), notBoth('schedule', 'eta'), notBoth('schedule', 'delay')],
});

/**
 * Throws InvalidOptionsError with all that is wrong with the options of a job. `where` names the job
 * in the message. With a `cron` reader, its schedule is read too; `job()` has none, the client does.
 */
export function checkJobOptions(options: JobOptions, where: string, cron?: CronReader): void {
  const problems = check(options, '');
  const asked = isFields(options) ? options.schedule : undefined;
  refuse(where, [...problems, ...scheduleProblems(asked, cron)]);
}
