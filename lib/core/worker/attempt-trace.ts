import type { AttemptTrace, Tracing } from '../tracing.js';
import type { Run } from './run.js';

const NO_HEADERS = Object.freeze({});

/** Tells the tracer of an attempt that begins now. */
export function traceAttempt(tracing: Tracing, run: Run): AttemptTrace {
  const { headers = NO_HEADERS, scheduleId, groupId, chainId } = run.body.terms;
  return tracing.attempt({
    jobId: run.id,
    task: run.body.task,
    queue: run.delivery.queue,
    attempt: run.attempt,
    headers,
    scheduleId,
    groupId,
    chainId,
  });
}
