import type { BulkStep, JobAction, JobState } from '#contract';
import { some } from '../format/numbers.js';
import { stateName } from '../format/states.js';

/** All jobs that match. */
interface Matching {
  readonly state?: JobState | undefined;
  readonly q: string;
}

/** Jobs that were picked one by one. */
interface Picked {
  readonly state?: JobState | undefined;
  readonly ids: readonly string[];
}

/** All that match one of these; none may match two of them. */
interface MatchingAny {
  readonly state?: JobState | undefined;
  readonly anyOf: readonly string[];
}

/** Which jobs are meant. */
export type Target = Picked | Matching | MatchingAny;

/** What the API takes in one call, or in calls that follow one another. */
export type Part = Picked | Matching;

/** A target in parts; ids in portions of at most `size`. */
export function partsOf(target: Target, size: number): Part[] {
  if ('anyOf' in target) return target.anyOf.map((q) => ({ state: target.state, q }));
  if (!('ids' in target)) return [target];
  const portions = Math.ceil(target.ids.length / size);
  return Array.from({ length: portions }, (_, at) => ({
    ids: target.ids.slice(at * size, (at + 1) * size),
  }));
}

/** One step over it, of at most `limit` jobs. */
export function stepOf(
  action: JobAction,
  part: Part,
  { cursor, limit }: { cursor: string | undefined; limit: number },
): BulkStep {
  if ('ids' in part) return { action, ids: part.ids, limit };
  return { action, state: part.state, q: part.q, cursor, limit };
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
