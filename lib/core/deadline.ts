import type { Clock } from './clock.js';

/** A store that has not answered a call for this long is taken to be out of reach. */
export const CALL_TIMEOUT_MS = 10_000;

/** The promise's outcome, or a rejection with `late()` once `ms` have passed. A late outcome is ignored. */
export function within<T>(
  clock: Clock,
  ms: number,
  promise: Promise<T>,
  late: () => Error,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const cancel = clock.timer(ms, () => reject(late()));
    promise.then(
      (value) => {
        cancel();
        resolve(value);
      },
      (error: unknown) => {
        cancel();
        // oxlint-disable-next-line prefer-promise-reject-errors -- whatever the promise was rejected with
        reject(error);
      },
    );
  });
}

/** True when the promise was fulfilled within `ms`; it never rejects. */
export function inTime(clock: Clock, ms: number, promise: Promise<unknown>): Promise<boolean> {
  return within(clock, ms, promise, () => new Error('late')).then(
    () => true,
    () => false,
  );
}
