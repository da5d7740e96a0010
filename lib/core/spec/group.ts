import { refuse } from '../validation/check.js';
import { shape, type Table } from '../validation/shape.js';
import { name } from '../validation/values.js';
import { allWithHeaders, headers, type Headers } from './headers.js';
import type { GroupSpec, JobSpec } from './job-spec.js';
import { jobs, repeatedIds } from './spec-checks.js';
import type { SpecResults } from './task-types.js';

export interface GroupOptions {
  /** The group's own id. Default: a generated one. */
  readonly id?: string | undefined;
  /** Enqueued when every job has succeeded. */
  readonly onSuccess?: readonly JobSpec[] | undefined;
  /** Enqueued when every job has ended and one did not succeed. */
  readonly onError?: readonly JobSpec[] | undefined;
  /** Enqueued when every job has ended, one way or the other. */
  readonly onComplete?: readonly JobSpec[] | undefined;
  /** Inherited by its jobs and callbacks, whose own keys win. */
  readonly headers?: Headers | undefined;
}

export const GROUP_OPTIONS: Table<GroupOptions> = {
  id: name,
  onSuccess: jobs,
  onError: jobs,
  onComplete: jobs,
  headers,
};

const checkOptions = shape(GROUP_OPTIONS);

/**
 * Describes jobs that run side by side. Its callbacks get the results in member order as
 * `prevJobResult`. An empty group is successful at once. Throws InvalidOptionsError.
 */
export function group<const Members extends readonly JobSpec[]>(
  members: Members,
  options: GroupOptions = {},
): GroupSpec<SpecResults<Members>> {
  const problems = [...jobs(members, 'members'), ...checkOptions(options, '')];
  refuse('group()', problems);
  refuse('group()', repeatedIds(options.id, members));
  const part = (specs: readonly JobSpec[] = []) => allWithHeaders(specs, options.headers);
  return Object.freeze({
    kind: 'group' as const,
    ...(options.id !== undefined && { id: options.id }),
    members: part(members),
    onSuccess: part(options.onSuccess),
    onError: part(options.onError),
    onComplete: part(options.onComplete),
  });
}
