import { TasqueueError, UnknownTaskError, UnrecoverableError } from '../errors.js';
import type { Random } from '../random.js';
import type { Run } from './run.js';

/** Why a claimed job is not started. */
export type Refusal =
  | { readonly kind: 'fail'; readonly error: TasqueueError }
  /** Another worker may know the task: it comes back after `delayMs`. */
  | { readonly kind: 'put-back'; readonly error: UnknownTaskError; readonly delayMs: number };

/** What nobody here knows, or can read, waits this long for a worker that does, and up to twice as long. */
const SHORTEST_PUT_BACK_MS = 5_000;
/** And this long in all: a rolling deploy takes minutes. */
const LONGEST_UNKNOWN_MS = 10 * 60_000;

/**
 * By chance: in step with the calls in which idle workers wait, the same ones would have waited
 * longest each time, and be given it again and again.
 */
export function putBackMs(random: Pick<Random, 'fraction'>): number {
  return Math.round(SHORTEST_PUT_BACK_MS * (1 + random.fraction()));
}

export interface Circumstances {
  readonly random: Pick<Random, 'fraction'>;
  /** Server time, epoch ms. */
  readonly now: () => number;
  readonly maxCrashes: number;
  /** Live worker processes, this one included. */
  readonly workers: () => number;
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
  // The same words in every worker: put back by one after the other, it says so once.
  const error = new UnknownTaskError(
    `no handler for task '${task}' in the workers of queue '${run.delivery.queue}': ` +
      'deploy one that has it, or give the renamed task an alias',
  );
  const last = run.errors.at(-1);
  const now = circumstances.now();
  const unknownSince = last?.message === error.message ? last.at : now;
  const patient = now - unknownSince < LONGEST_UNKNOWN_MS;
  return circumstances.workers() > 1 && patient
    ? { kind: 'put-back', error, delayMs: putBackMs(circumstances.random) }
    : { kind: 'fail', error };
}
