/** Ends a pending timer. Calling it twice, or after the timer fired, does nothing. */
export type CancelTimer = () => void;

/** Where time comes from. Tests pass a clock that they move by hand. */
export interface Clock {
  /** Wall time, Unix epoch, ms. For what is stored and shown. */
  now(): number;
  /** Never goes back; ms from an arbitrary start. For differences. */
  elapsed(): number;
  /** Calls `fire` once, `delayMs` from now. Does not keep the process alive. */
  timer(delayMs: number, fire: () => void): CancelTimer;
}

/** Longest delay that the runtime's timers take (a longer one would fire at once). */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  timer(delayMs, fire) {
    let handle: NodeJS.Timeout;
    const arm = (leftMs: number): void => {
      handle = setTimeout(
        () => (leftMs > LONGEST_TIMER_MS ? arm(leftMs - LONGEST_TIMER_MS) : fire()),
        Math.min(leftMs, LONGEST_TIMER_MS),
      ).unref();
    };
    arm(Math.max(0, Math.ceil(delayMs)));
    return () => clearTimeout(handle);
  },
};
