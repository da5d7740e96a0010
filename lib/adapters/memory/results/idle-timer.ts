import type { CancelTimer, Clock } from '../../../core/clock.js';
import { REDELIVERY_HORIZON_MS } from '../../../core/lease.js';
import type { Sweeper } from './sweeper.js';

/** By this much at most a store that nobody writes to forgets too late. */
const PAUSE_MS = REDELIVERY_HORIZON_MS / 10;
/** Entries forgotten in one go: a few ms, then others have their turn. */
const MOST_AT_ONCE = 10_000;

/** Sweeps a store that nobody writes to. Armed only while it is in use and something is there to age. */
export class IdleTimer {
  #cancel: CancelTimer | undefined;
  #inUse = false;

  constructor(
    private readonly sweeper: Sweeper,
    private readonly clock: Clock,
    private readonly onSwept: () => void,
  ) {}

  start(): void {
    this.#inUse = true;
    this.arm();
  }

  stop(): void {
    this.#inUse = false;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** To be called after writes: what was written will age. */
  arm(delayMs = PAUSE_MS): void {
    if (!this.#inUse || this.#cancel !== undefined || this.sweeper.atRest) return;
    this.#cancel = this.clock.timer(delayMs, () => {
      this.#cancel = undefined;
      const done = this.sweeper.sweep(MOST_AT_ONCE);
      this.arm(done ? PAUSE_MS : 0);
      this.onSwept();
    });
  }
}
