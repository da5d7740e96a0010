import type { JobRecord, PlanRecord } from '../../../core/ports/record.js';
import type { Mark } from '../../../core/ports/results.js';

const utf8 = new TextEncoder();

export function bytes(text: string): Uint8Array {
  return utf8.encode(text);
}

/** A job whose first run is under way, unless told otherwise. */
export function aJob(id: string, but: Partial<JobRecord> = {}): JobRecord {
  return {
    kind: 'job',
    id,
    generation: 1,
    run: 1,
    status: 'processing',
    queue: 'mail',
    task: 'send',
    body: bytes(`{"for":"${id}"}`),
    maxRetries: 0,
    attempt: 1,
    retried: 0,
    crashes: 0,
    errors: [],
    logs: [],
    onSuccessIds: [],
    onErrorIds: [],
    dispatched: false,
    ...but,
  };
}

/** A job that succeeded at this instant, unless told otherwise. */
export function finished(id: string, finishedAt: number, but: Partial<JobRecord> = {}): JobRecord {
  return aJob(id, { status: 'successful', finishedAt, ...but });
}

/** A group or chain of which nothing has been marked yet. */
export function aPlan(
  id: string,
  memberIds: readonly string[],
  but: Partial<PlanRecord> = {},
): PlanRecord {
  return {
    kind: 'plan',
    id,
    generation: 1,
    body: bytes(`{"plan":"${id}"}`),
    memberIds,
    marks: memberIds.map(() => 'open'),
    generations: memberIds.map(() => 0),
    cancelled: false,
    dispatched: [],
    ...but,
  };
}

/** That a member of plan `p` has succeeded in its first generation, unless told otherwise. */
export function aMark(memberId: string | undefined, but: Partial<Mark> = {}): Mark {
  return { planId: 'p', memberId, generation: 1, status: 'successful', ...but };
}

/** `job-000`, `job-001`, … */
export function idsOf(count: number, prefix = 'job'): string[] {
  return Array.from(
    { length: count },
    (_, index) => `${prefix}-${String(index).padStart(String(count - 1).length, '0')}`,
  );
}
