import type { PrevResult } from '../message/job-terms.js';
import type { JobRecord, PlanRecord, Versioned } from '../ports/record.js';
import type { Results } from '../ports/results.js';

/** Results up to this size travel with what follows; larger ones stay where they are and are referred to. */
const LARGEST_INLINE_BYTES = 64 * 1024;

/** Whose results are handed on: a group's, those of what has this id, or nobody's. */
export type ResultSource = PlanRecord | string | undefined;

/** What finished jobs and ended groups hand to what follows them, looked up together. */
export async function lookUpResults(
  results: Results,
  sources: readonly ResultSource[],
): Promise<readonly (PrevResult | undefined)[]> {
  const records = await recordsOf(results, sources);
  const groups = records.filter((record) => record?.kind === 'plan');
  const members = await found(
    results,
    groups.flatMap(({ memberIds }) => memberIds),
  );
  let from = 0;
  return records.map((record) => {
    if (record?.kind === 'job') return resultOfJob(record);
    if (record?.kind !== 'plan') return undefined;
    const to = from + record.memberIds.length;
    const values = valuesOf(record, members.slice(from, to));
    from = to;
    return resultOfGroup(record, values);
  });
}

/** Often there is nothing to look up. */
async function found(results: Results, ids: readonly string[]) {
  return ids.length === 0 ? [] : results.get(ids);
}

async function recordsOf(results: Results, sources: readonly ResultSource[]) {
  const ids = sources.filter((source) => typeof source === 'string');
  const all = await found(results, ids);
  const byId = new Map(ids.map((id, index) => [id, all[index]?.record]));
  return sources.map((source) => (typeof source === 'string' ? byId.get(source) : source));
}

/** In member order; undefined for the unsuccessful. */
export async function resultsOfMembers(
  results: Results,
  plan: PlanRecord,
): Promise<readonly (Uint8Array | undefined)[]> {
  return valuesOf(plan, await results.get(plan.memberIds));
}

export function resultOfJob(record: JobRecord): PrevResult | undefined {
  const value = record.status === 'successful' ? record.result : undefined;
  if (value === undefined) return undefined;
  return value.length > LARGEST_INLINE_BYTES
    ? { kind: 'reference', id: record.id }
    : { kind: 'value', value };
}

function resultOfGroup(
  { id }: PlanRecord,
  values: readonly (Uint8Array | undefined)[],
): PrevResult {
  const bytes = values.reduce((sum, value) => sum + (value?.length ?? 0), 0);
  return bytes > LARGEST_INLINE_BYTES ? { kind: 'reference', id } : { kind: 'values', values };
}

function valuesOf(
  { marks }: PlanRecord,
  members: readonly (Versioned | undefined)[],
): (Uint8Array | undefined)[] {
  return members.map((member, index) =>
    marks[index] === 'successful' ? savedBy(member) : undefined,
  );
}

function savedBy(member: Versioned | undefined): Uint8Array | undefined {
  return member?.record.kind === 'job' ? member.record.result : undefined;
}
