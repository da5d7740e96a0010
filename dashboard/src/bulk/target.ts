import type { BulkStep, JobAction, JobState } from '#contract';
import { some } from '../format/numbers.js';
import { stateName } from '../format/states.js';

/** Which jobs are meant: those that were picked, or all that match. */
export type Target =
  | { readonly ids: readonly string[]; readonly state?: JobState | undefined }
  | { readonly state?: JobState | undefined; readonly q: string };

export const isPicked = (target: Target): target is Extract<Target, { ids: readonly string[] }> =>
  'ids' in target;

/** One step over the target, of at most `limit` jobs. */
export function stepOf(
  action: JobAction,
  target: Target,
  { cursor, limit }: { cursor: string | undefined; limit: number },
): BulkStep {
  if (isPicked(target)) return { action, ids: target.ids, limit };
  return { action, state: target.state, q: target.q, cursor, limit };
}

interface Words {
  readonly verb: string;
  readonly done: string;
  readonly doing: string;
  /** What else happens, where it is not plain. */
  readonly note: string;
}

export const ACTION_WORDS: Readonly<Record<JobAction, Words>> = {
  retry: {
    verb: 'Retry',
    done: 'retried',
    doing: 'Retrying',
    note: 'They run again from the start, with all their retries; errors so far are kept.',
  },
  cancel: {
    verb: 'Cancel',
    done: 'cancelled',
    doing: 'Cancelling',
    note: 'What runs is told to stop; what waits never starts.',
  },
  delete: {
    verb: 'Delete',
    done: 'deleted',
    doing: 'Deleting',
    note: 'Records and results go away for good.',
  },
  'run-now': {
    verb: 'Run now',
    done: 'made due',
    doing: 'Making due',
    note: 'They no longer wait for their time.',
  },
};

/** `1,234 failed jobs` */
export function jobsIn(count: number, state: JobState | undefined): string {
  const kind = state === undefined ? '' : `${stateName(state).toLowerCase()} `;
  return some(count, `${kind}job`);
}
