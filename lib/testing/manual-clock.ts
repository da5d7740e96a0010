import type { CancelTimer, Clock } from '../core/clock.js';

interface Timer {
  readonly dueAt: number;
  readonly fire: () => void;
}

/** Where a manual clock starts unless told otherwise: a Monday in summer, away from every edge. */
const DEFAULT_START_AT = Date.UTC(2024, 6, 1, 12);

/** Code that goes on by immediates for longer than this will never be quiet. */
const MOST_ROUNDS = 1_000;

/**
 * A clock that stands still until a test moves it. Timers fire only within `advance` and
 * `advanceTo`; one with no delay left fires at the next of them, be it `advance(0)`.
 *
 * ```ts
 * const clock = new ManualClock(new Date('2024-07-01T12:00:00Z'));
 * await clock.advance(5_000);
 * ```
 */
export class ManualClock implements Clock {
  readonly #startAt: number;
  readonly #timers = new Set<Timer>();
  #nowAt: number;
  #lastMove: Promise<void> = Promise.resolve();

  /** `startAt`: an instant, as a Date or in epoch ms. Default: noon UTC on 1 July 2024. */
  constructor(startAt: Date | number = DEFAULT_START_AT) {
    this.#startAt = this.#nowAt = instant(startAt);
  }

  now(): number {
    return this.#nowAt;
  }

  elapsed(): number {
    return this.#nowAt - this.#startAt;
  }

  timer(delayMs: number, fire: () => void): CancelTimer {
    const timer = { dueAt: this.#nowAt + Math.max(0, delayMs), fire };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** How many timers are armed: 0 once everything under test has been closed. */
  get armed(): number {
    return this.#timers.size;
  }

  /**
   * Moves time on by `ms`. Timers that come due fire in due order, each at its own instant; before
   * each of them, and at the end, promise reactions and immediates run, so that code woken by one
   * timer can arm the next within the same call. Rejects with what a timer threw. Calls that
   * overlap run one after the other.
   */
  advance(ms: number): Promise<void> {
    return this.#move(() => this.#nowAt + ms);
  }

  /** Moves time on to `date` (a Date, or epoch ms), as `advance` does. */
  advanceTo(date: Date | number): Promise<void> {
    return this.#move(() => instant(date));
  }

  #move(target: () => number): Promise<void> {
    const move = this.#lastMove.then(() => this.#fireUntil(target()));
    this.#lastMove = move.catch(() => undefined);
    return move;
  }

  async #fireUntil(endAt: number): Promise<void> {
    if (!(endAt >= this.#nowAt))
      throw new RangeError(`time goes forward only, not from ${this.#nowAt} to ${endAt}`);
    await quiet();
    for (let timer = this.#next(endAt); timer !== undefined; timer = this.#next(endAt)) {
      this.#timers.delete(timer);
      this.#nowAt = Math.max(this.#nowAt, timer.dueAt);
      timer.fire();
      await quiet();
    }
    this.#nowAt = endAt;
  }

  /** The earliest timer due by `endAt`; of those due together, the one armed first. */
  #next(endAt: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers)
      if (timer.dueAt <= endAt && (next === undefined || timer.dueAt < next.dueAt)) next = timer;
    return next;
  }
}

function instant(value: Date | number): number {
  const at = value.valueOf();
  if (Number.isFinite(at)) return at;
  throw new RangeError(`not an instant: ${String(value)}`);
}

/** Resolves once no promise reaction and no immediate is left to run. */
async function quiet(): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    await new Promise((resolve) => void setImmediate(resolve));
    if (!process.getActiveResourcesInfo().includes('Immediate')) return;
  }
}
