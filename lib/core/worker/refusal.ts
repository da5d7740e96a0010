import { TasqueueError, UnknownTaskError, UnrecoverableError } from '../errors.js';
import type { Run } from './run.js';

/** Why a claimed job is not started. */
export type Refusal =
  | { readonly kind: 'fail'; readonly error: TasqueueError }
  /** Another worker may know the task: it comes back after `delayMs`. */
  | { readonly kind: 'put-back'; readonly error: UnknownTaskError; readonly delayMs: number };

/**
 * A job whose task nobody here knows waits this long for a worker that does. No multiple of the time
 * that an idle call waits: in step with it the same worker would have waited longest each time.
 */
export const PUT_BACK_MS = 7_500;
/** And this long in all: a rolling deploy takes minutes. */
const LONGEST_UNKNOWN_MS = 10 * 60_000;

export interface Circumstances {
  /** Server time, epoch ms. */
  readonly now: () => number;
  readonly maxCrashes: number;
  /** Live worker processes, this one included. */
  readonly workers: () => number;
  readonly knownTasks: () => readonly string[];
}

/** Brokers never decide outcomes (rule 9): what must not run is failed here, on the ordinary path. */
export function refusalOf(run: Run, circumstances: Circumstances): Refusal | undefined {
  const { crashes } = run.delivery;
  if (crashes >= circumstances.maxCrashes)
    return {
      kind: 'fail',
      error: new UnrecoverableError(
        `its worker died ${crashes} times while it ran (maxCrashes is ${circumstances.maxCrashes})`,
      ),
    };
  const { expiresAt } = run.body.terms;
  if (expiresAt !== undefined && expiresAt < circumstances.now())
    return {
      kind: 'fail',
      error: new UnrecoverableError(
        `expired at ${new Date(expiresAt).toISOString()}, before it ran`,
      ),
    };
  return undefined;
}

/** For a job whose task has no handler here, once its record is known. */
export function refusalOfUnknown(run: Run, circumstances: Circumstances): Refusal {
  const { task } = run.body;
  const error = new UnknownTaskError(
    `no handler for task '${task}' in this worker, which knows ${listOf(circumstances.knownTasks())}: ` +
      'deploy a worker that has it, or give the renamed task an alias',
  );
  const last = run.errors.at(-1);
  const now = circumstances.now();
  const unknownSince = last?.message === error.message ? last.at : now;
  const patient = now - unknownSince < LONGEST_UNKNOWN_MS;
  return circumstances.workers() > 1 && patient
    ? { kind: 'put-back', error, delayMs: PUT_BACK_MS }
    : { kind: 'fail', error };
}

function listOf(tasks: readonly string[]): string {
  return tasks.length === 0 ? 'none' : tasks.map((task) => `'${task}'`).join(', ');
}
