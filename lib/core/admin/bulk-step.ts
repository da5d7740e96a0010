import type { JobQuery, Scanned } from './search/search-types.js';

export type BulkAction = 'retry' | 'cancel' | 'delete' | 'run-now';

/** One bounded step of an action on many jobs: on these `ids`, or on what matches `state` and `query`. */
export interface BulkStepRequest extends JobQuery {
  readonly action: BulkAction;
  /** At most 500; without `state`, `query` and `cursor`. */
  readonly ids?: readonly string[] | undefined;
  /** `next` of the step before. */
  readonly cursor?: string | undefined;
  /** Jobs to act on at most: 1 to 500. Default 100. */
  readonly limit?: number | undefined;
}

export interface BulkStep extends Scanned {
  readonly done: number;
  /** Changed or gone meanwhile, or not in a state that the action is for. */
  readonly skipped: number;
  /** Pass it as `cursor` for the next step; absent after the last. */
  readonly next?: string | undefined;
}
