import type { PrevResult } from '../message/job-terms.js';
import type { JobRecord, PlanRecord, Versioned } from '../ports/record.js';
import type { Results } from '../ports/results.js';

/** Results up to this size travel with what follows; larger ones stay where they are and are referred to. */
const LARGEST_INLINE_BYTES = 64 * 1024;

/** What a finished job, or an ended group, hands to what follows it. */
export async function resultOf(results: Results, id: string): Promise<PrevResult | undefined> {
  const [found] = await results.get([id]);
  if (found?.record.kind === 'job') return resultOfJob(found.record);
  if (found?.record.kind === 'plan') return resultsOfMembers(results, found.record);
  return undefined;
}

/** In member order; undefined for the unsuccessful. */
export async function resultsOfMembers(
  results: Results,
  plan: PlanRecord,
  largestBytes = LARGEST_INLINE_BYTES,
): Promise<PrevResult> {
  const members = await results.get(plan.memberIds);
  const values = members.map((member, index) =>
    plan.marks[index] === 'successful' ? savedBy(member) : undefined,
  );
  const bytes = values.reduce((sum, value) => sum + (value?.length ?? 0), 0);
  return bytes > largestBytes ? { kind: 'reference', id: plan.id } : { kind: 'values', values };
}

export function resultOfJob(record: JobRecord): PrevResult | undefined {
  const value = record.status === 'successful' ? record.result : undefined;
  if (value === undefined) return undefined;
  return value.length > LARGEST_INLINE_BYTES
    ? { kind: 'reference', id: record.id }
    : { kind: 'value', value };
}

function savedBy(member: Versioned | undefined): Uint8Array | undefined {
  return member?.record.kind === 'job' ? member.record.result : undefined;
}
