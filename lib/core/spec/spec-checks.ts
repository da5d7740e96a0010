import { expected, listOf, type Check } from '../validation/check.js';
import { isFields } from '../validation/shape.js';
import type { ChainSpec, GroupSpec, JobSpec } from './job-spec.js';

export function isJobSpec(value: unknown): value is JobSpec {
  return isFields(value) && value['kind'] === 'job' && typeof value['task'] === 'string';
}

export function isGroupSpec(value: unknown): value is GroupSpec {
  return isFields(value) && value['kind'] === 'group' && Array.isArray(value['members']);
}

export function isChainSpec(value: unknown): value is ChainSpec {
  return isFields(value) && value['kind'] === 'chain' && Array.isArray(value['steps']);
}

/** A job within something else: a schedule has no end, so nothing could wait for it. */
const partJob: Check = (value, at) => {
  if (!isJobSpec(value)) return [wrongKind('a job made by job()', at, value)];
  return value.options.schedule === undefined
    ? []
    : [`${at}: expected a job without a schedule, got the schedule of task '${value.task}'`];
};

/** Members of a group, and callbacks of anything. */
export const jobs = listOf('jobs made by job()', partJob);

const step: Check = (value, at) =>
  isGroupSpec(value)
    ? []
    : isJobSpec(value)
      ? partJob(value, at)
      : [wrongKind('a job made by job() or a group made by group()', at, value)];

export const steps = listOf('jobs made by job() and groups made by group()', step);

function wrongKind(what: string, at: string, value: unknown): string {
  const kind = isFields(value) ? value['kind'] : undefined;
  return kind === 'job' || kind === 'group' || kind === 'chain'
    ? `${at}: expected ${what}, got a ${kind}`
    : expected(what, at, value);
}

/** Two parts of one group or chain under one id could not be told apart. */
export function repeatedIds(
  ownId: string | undefined,
  parts: readonly (JobSpec | GroupSpec)[],
): readonly string[] {
  const seen = new Set<string>();
  return [ownId, ...parts.flatMap(idsOf)].flatMap((id) => {
    if (id === undefined) return [];
    const repeated = seen.has(id);
    seen.add(id);
    return repeated ? [`id: expected each id once, got '${id}' again`] : [];
  });
}

function idsOf(part: JobSpec | GroupSpec): (string | undefined)[] {
  return part.kind === 'job'
    ? [part.options.id]
    : [part.id, ...part.members.map(({ options }) => options.id)];
}
