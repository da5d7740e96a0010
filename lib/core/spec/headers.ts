import { expected, type Check } from '../validation/check.js';
import { isFields } from '../validation/shape.js';
import { name } from '../validation/values.js';
import type { ChainSpec, GroupSpec, JobSpec } from './job-spec.js';

export type Headers = Readonly<Record<string, string>>;

const RESERVED = 'tasqueue-';
/** Headers travel with every job and are read at each start: room for identifiers, not for data. */
const LARGEST_SIZE = 8_192;

export const headers: Check = (value, at) => {
  if (!isFields(value)) return [expected('an object of texts', at, value)];
  const entries = Object.entries(value);
  const problems = entries.flatMap(([key, text]) => [
    ...name(key, `${at}: key`),
    ...(key.toLowerCase().startsWith(RESERVED)
      ? [`${at}: expected keys that do not begin with '${RESERVED}' (ours), got '${key}'`]
      : []),
    ...(typeof text === 'string' ? [] : [expected('a text', `${at}.${key}`, text)]),
  ]);
  const size = entries.reduce((sum, [key, text]) => sum + key.length + lengthOf(text), 0);
  return size <= LARGEST_SIZE
    ? problems
    : [...problems, `${at}: expected ${LARGEST_SIZE} characters at most, got ${size}`];
};

function lengthOf(text: unknown): number {
  return typeof text === 'string' ? text.length : 0;
}

/** The job as a part of something with headers; its own keys win, its callbacks inherit in turn. */
export function withHeaders(spec: JobSpec, from: Headers | undefined): JobSpec {
  if (from === undefined) return spec;
  const { onSuccess, onError } = spec.options;
  const own = Object.freeze({ ...from, ...spec.options.headers });
  const options = Object.freeze({
    ...spec.options,
    headers: own,
    ...(onSuccess && { onSuccess: allWithHeaders(onSuccess, own) }),
    ...(onError && { onError: allWithHeaders(onError, own) }),
  });
  return Object.freeze({ ...spec, options });
}

export function allWithHeaders(
  specs: readonly JobSpec[],
  from: Headers | undefined,
): readonly JobSpec[] {
  return Object.freeze(specs.map((spec) => withHeaders(spec, from)));
}

export function groupWithHeaders(spec: GroupSpec, from: Headers | undefined): GroupSpec {
  if (from === undefined) return spec;
  return Object.freeze({
    ...spec,
    members: allWithHeaders(spec.members, from),
    onSuccess: allWithHeaders(spec.onSuccess, from),
    onError: allWithHeaders(spec.onError, from),
    onComplete: allWithHeaders(spec.onComplete, from),
  });
}

export function stepWithHeaders(
  step: JobSpec | GroupSpec,
  from: Headers | undefined,
): JobSpec | GroupSpec {
  return step.kind === 'job' ? withHeaders(step, from) : groupWithHeaders(step, from);
}

export function chainWithHeaders(spec: ChainSpec, from: Headers | undefined): ChainSpec {
  if (from === undefined) return spec;
  return Object.freeze({
    ...spec,
    steps: Object.freeze(spec.steps.map((step) => stepWithHeaders(step, from))),
    onError: allWithHeaders(spec.onError, from),
  });
}
