import type { PrevResult } from '../message/job-terms.js';
import type { JobRecord, PlanRecord, StoredRecord } from '../ports/record.js';
import type { Results } from '../ports/results.js';

/** Results up to this size travel with what follows; larger ones stay where they are and are referred to. */
const LARGEST_INLINE_BYTES = 64 * 1024;

/** Whose results are handed on: a group's, those of what has this id, or nobody's. */
export type ResultSource = PlanRecord | string | undefined;

/** Jobs whose records are at hand, by id. */
export type KnownJobs = ReadonlyMap<string, JobRecord>;

/** What finished jobs and ended groups hand to what follows them; what is not known is looked up together. */
export async function lookUpResults(
  results: Results,
  sources: readonly ResultSource[],
  known: KnownJobs,
): Promise<readonly (PrevResult | undefined)[]> {
  const ids = sources.filter((source) => typeof source === 'string');
  const jobs = await found(results, ids, known);
  const byId = new Map(ids.map((id, index) => [id, jobs[index]]));
  const records = sources.map((source) => (typeof source === 'string' ? byId.get(source) : source));
  const groups = records.filter((record) => record?.kind === 'plan');
  const memberIds = groups.flatMap((group) => group.memberIds);
  const members = await found(results, memberIds, known);
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
async function found(
  results: Results,
  ids: readonly string[],
  known: KnownJobs,
): Promise<readonly (StoredRecord | undefined)[]> {
  const unknown = ids.filter((id) => !known.has(id));
  const looked = unknown.length === 0 ? [] : await results.get(unknown);
  const others = looked.values();
  return ids.map((id) => known.get(id) ?? others.next().value?.record);
}

/** In member order; undefined for the unsuccessful. */
export async function resultsOfMembers(
  results: Results,
  plan: PlanRecord,
): Promise<readonly (Uint8Array | undefined)[]> {
  const members = await results.get(plan.memberIds);
  return valuesOf(
    plan,
    members.map((member) => member?.record),
  );
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
  members: readonly (StoredRecord | undefined)[],
): (Uint8Array | undefined)[] {
  return members.map((member, index) =>
    marks[index] === 'successful' ? savedBy(member) : undefined,
  );
}

function savedBy(member: StoredRecord | undefined): Uint8Array | undefined {
  return member?.kind === 'job' ? member.result : undefined;
}
