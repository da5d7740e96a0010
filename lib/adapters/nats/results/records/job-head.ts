import type { JobRecord, RunError } from '../../../../core/ports/record.js';

type Missing = null | undefined;

/** All that a job's record says beside its bytes. What is missing at the end is cut off. */
export type JobHead = readonly [
  kind: 'j',
  id: string,
  /** Of body, result and progress; -1: there is none. */
  lengths: readonly [number, number, number],
  generation: number,
  run: number,
  status: JobRecord['status'],
  queue: string,
  task: string,
  attempt: number,
  processedAt?: number | Missing,
  finishedAt?: number | Missing,
  maxRetries?: number | Missing,
  retried?: number | Missing,
  crashes?: number | Missing,
  dispatched?: boolean | Missing,
  planId?: string | Missing,
  retryAt?: number | Missing,
  errors?: readonly RunError[] | Missing,
  logs?: readonly string[] | Missing,
  followUpIds?: readonly [success: readonly string[], error: readonly string[]] | Missing,
  deleting?: boolean | Missing,
];

export function headOfJob(job: JobRecord): JobHead {
  const { id, generation, run, status, queue, task, attempt, errors, logs } = job;
  const lengths = [job.body.length, job.result?.length ?? -1, job.progress?.length ?? -1] as const;
  const followUps = job.onSuccessIds.length + job.onErrorIds.length;
  return [
    ...(['j', id, lengths, generation, run, status, queue, task, attempt] as const),
    ...([job.processedAt, job.finishedAt] as const),
    ...([unlessZero(job.maxRetries), unlessZero(job.retried), unlessZero(job.crashes)] as const),
    ...([job.dispatched ? true : undefined, job.planId, job.retryAt] as const),
    errors.length > 0 ? errors : undefined,
    logs.length > 0 ? logs : undefined,
    followUps > 0 ? [job.onSuccessIds, job.onErrorIds] : undefined,
    job.deleting,
  ];
}

export function jobOfHead(head: JobHead, parts: readonly (Uint8Array | undefined)[]): JobRecord {
  const [, id, , generation, run, status, queue, task, attempt, ...later] = head;
  const [processedAt, finishedAt, maxRetries, retried, crashes, dispatched, ...rest] = later;
  const [planId, retryAt, errors, logs, followUpIds, deleting] = rest;
  const [body = new Uint8Array(), result, progress] = parts;
  return {
    kind: 'job',
    id,
    generation,
    run,
    status,
    queue,
    task,
    attempt,
    body,
    result,
    progress,
    processedAt: processedAt ?? undefined,
    finishedAt: finishedAt ?? undefined,
    maxRetries: maxRetries ?? 0,
    retried: retried ?? 0,
    crashes: crashes ?? 0,
    dispatched: dispatched ?? false,
    planId: planId ?? undefined,
    retryAt: retryAt ?? undefined,
    errors: errors ?? [],
    logs: logs ?? [],
    onSuccessIds: followUpIds?.[0] ?? [],
    onErrorIds: followUpIds?.[1] ?? [],
    deleting: deleting ?? undefined,
  };
}

function unlessZero(count: number): number | undefined {
  return count === 0 ? undefined : count;
}
