import type { TasqueueAdmin } from '../../core/admin/tasqueue-admin.js';
import { job } from '../../core/spec/job.js';
import type { JobSpec } from '../../core/spec/job-spec.js';
import { refuse } from '../../core/validation/check.js';
import type { NewJob } from '../contract/index.js';
import type { Redactor } from '../redaction/redactor.js';
import { copied, holdsRedacted } from './copied.js';

/** The job that a visitor describes. Throws InvalidOptionsError, and NotFoundError for what it copies. */
export async function newJob(
  given: NewJob,
  { admin, redactor }: { readonly admin: TasqueueAdmin; readonly redactor: Redactor },
): Promise<JobSpec> {
  const { payload, headers } = await unhidden(given, admin, redactor);
  if (holdsRedacted(payload) || holdsRedacted(headers))
    refuse('POST jobs', [
      "payload: expected whole values, got '[redacted]': name the job that it stands in by copyOf, or put in what it should be",
    ]);
  const { task, id, queue, priority, maxRetries, delayMs } = given;
  return job(task, payload, { id, queue, priority, maxRetries, delay: delayMs, headers });
}

async function unhidden(
  { copyOf, payload, headers }: NewJob,
  admin: TasqueueAdmin,
  redactor: Redactor,
): Promise<Pick<NewJob, 'payload' | 'headers'>> {
  if (copyOf === undefined) return { payload, headers };
  const original = await admin.job(copyOf);
  const shownHeaders = redactor.headers(original.headers);
  return {
    payload: copied(payload, redactor.plain(original.payload).value, original.payload),
    headers:
      headers &&
      Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [
          name,
          value === shownHeaders[name] ? (original.headers[name] ?? value) : value,
        ]),
      ),
  };
}
