/** Unstarted work that a worker may hold, as time: enough to bridge a call, little to hand back. */
const WINDOW_MS = 20;
/** And as a number: what one call may sensibly carry. */
const MOST_AHEAD = 256;
/** Share of the distance that the average moves per job when jobs get faster; slower ones count at once. */
const FALL = 0.05;

/**
 * How many jobs beyond the free slots to claim: as many as run within the window, judged by the
 * average handler time. That average rises fast and falls slowly; unknown, it allows none.
 */
export class ReadAhead {
  #averageMs: number | undefined;

  constructor(private readonly setting: 'auto' | number) {}

  observe(handlerMs: number): void {
    if (this.#averageMs === undefined || handlerMs > this.#averageMs)
      this.#averageMs = ((this.#averageMs ?? handlerMs) + handlerMs) / 2;
    else this.#averageMs += (handlerMs - this.#averageMs) * FALL;
  }

  /** Unstarted jobs to hold at most. */
  window(concurrency: number): number {
    if (this.setting !== 'auto') return this.setting;
    if (this.#averageMs === undefined || concurrency === 0) return 0;
    const expected = (WINDOW_MS * concurrency) / Math.max(this.#averageMs, WINDOW_MS / MOST_AHEAD);
    return expected < 1 ? 0 : Math.min(MOST_AHEAD, Math.floor(expected));
  }
}
