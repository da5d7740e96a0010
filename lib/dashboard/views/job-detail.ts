import type * as core from '../../core/admin/job/job-detail.js';
import type { JobAction, JobAttempt, JobDetail } from '../contract/index.js';
import type { Redactor } from '../redaction/redactor.js';
import { instant, instantOf } from './instants.js';
import { jobRow } from './job-row.js';
import { timelineOf } from './timeline.js';
import { traceLinkOf } from './trace-link.js';
import { typescriptOf } from './typescript.js';

export interface JobDetailTerms {
  readonly redactor: Redactor;
  readonly rights: ReadonlySet<JobAction>;
  readonly traceLink: string | undefined;
}

/** All that a visitor may see of a job. */
export function jobDetail(job: core.JobDetail, terms: JobDetailTerms): JobDetail {
  const { redactor, rights, traceLink } = terms;
  const seen = redactor.job(job);
  const shown = (value: unknown) => (value === undefined ? undefined : redactor.shown(value));
  return {
    ...jobRow(seen, rights),
    timeline: timelineOf(job),
    attempts: job.attempts.map((attempt) => attemptOf(attempt, redactor)),
    crashes: job.crashes,
    timeoutMs: job.timeout,
    expiresAt: instantOf(job.expiresAt),
    payload: redactor.shown(job.payload),
    result: shown(job.result),
    progress: shown(job.lastProgress),
    prevJobResult: shown(job.prevJobResult),
    logs: seen.logs,
    headers: seen.headers,
    traceLink: traceLinkOf(traceLink, seen.headers),
    onSuccessIds: job.onSuccessIds,
    onErrorIds: job.onErrorIds,
    position: job.position,
    typescript: typescriptOf(seen),
  };
}

function attemptOf(attempt: core.JobAttempt, redactor: Redactor): JobAttempt {
  const { startedAt, endedAt, status, error, stack, worker } = attempt;
  const durationMs =
    startedAt && endedAt ? Math.max(0, endedAt.getTime() - startedAt.getTime()) : undefined;
  return {
    attempt: attempt.attempt,
    startedAt: startedAt && instant(startedAt),
    endedAt: endedAt && instant(endedAt),
    durationMs,
    worker,
    state: status === 'processing' ? 'running' : status,
    error: error === undefined ? undefined : redactor.text(error),
    stack: stack === undefined ? undefined : redactor.text(stack),
  };
}
