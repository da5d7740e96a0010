import type { JobRecord, RunError } from '../../ports/record.js';
import type { JobAttempt } from './job-detail.js';

/** The attempts that a record tells of, oldest first. */
export function attemptsOf(record: JobRecord): JobAttempt[] {
  const failed = record.errors.map(failedAttempt);
  const latest = latestAttempt(record);
  return latest === undefined ? failed : [...failed, latest];
}

function failedAttempt({ attempt, at, message, stack, startedAt, worker }: RunError): JobAttempt {
  return {
    attempt,
    status: 'failed',
    startedAt: startedAt === undefined ? undefined : new Date(startedAt),
    endedAt: new Date(at),
    worker,
    error: message,
    stack,
  };
}

/** The one that runs, or that ended without an error. A job that waits has none. */
function latestAttempt(record: JobRecord): JobAttempt | undefined {
  const { status, attempt, errors, processedAt, finishedAt } = record;
  if (status === 'queued' || status === 'retrying' || status === 'failed') return undefined;
  // Cancelled between two attempts, it has none of its own.
  if (attempt === 0 || errors.at(-1)?.attempt === attempt) return undefined;
  return {
    attempt,
    status,
    startedAt: processedAt === undefined ? undefined : new Date(processedAt),
    endedAt: finishedAt === undefined ? undefined : new Date(finishedAt),
  };
}
