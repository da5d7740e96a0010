import type { JobRecord } from '../../../../core/ports/record.js';

/** All that a job's record says beside its bytes. */
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
  processedAt: number | null,
  finishedAt: number | null,
  rest?: Rest | null,
];

/** What most jobs have nothing of. */
type Rest = Partial<
  Pick<
    JobRecord,
    | 'maxRetries'
    | 'retried'
    | 'crashes'
    | 'dispatched'
    | 'planId'
    | 'retryAt'
    | 'errors'
    | 'logs'
    | 'onSuccessIds'
    | 'onErrorIds'
    | 'deleting'
  >
>;

export function headOfJob(job: JobRecord): JobHead {
  const { id, generation, run, status, queue, task, attempt, body, result, progress } = job;
  return [
    'j',
    id,
    [body.length, result?.length ?? -1, progress?.length ?? -1],
    generation,
    run,
    status,
    queue,
    task,
    attempt,
    job.processedAt ?? null,
    job.finishedAt ?? null,
    restOf(job),
  ];
}

export function jobOfHead(head: JobHead, parts: readonly (Uint8Array | undefined)[]): JobRecord {
  const [, id, , generation, run, status, queue, task, attempt, ...instants] = head;
  const [processedAt, finishedAt, rest] = instants;
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
    maxRetries: 0,
    retried: 0,
    crashes: 0,
    dispatched: false,
    errors: [],
    logs: [],
    onSuccessIds: [],
    onErrorIds: [],
    ...rest,
  };
}

function restOf(job: JobRecord): Rest | null {
  const { maxRetries, retried, crashes, dispatched, planId, retryAt, deleting } = job;
  const { errors, logs, onSuccessIds, onErrorIds } = job;
  const counts = maxRetries + retried + crashes;
  const listed = errors.length + logs.length + onSuccessIds.length + onErrorIds.length;
  const other = dispatched || planId !== undefined || retryAt !== undefined;
  if (counts + listed === 0 && !other && deleting === undefined) return null;
  return {
    ...(counts > 0 && { maxRetries, retried, crashes }),
    ...(listed > 0 && { errors, logs, onSuccessIds, onErrorIds }),
    dispatched,
    planId,
    retryAt,
    deleting,
  };
}
