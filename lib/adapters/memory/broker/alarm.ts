import type { CancelTimer, Clock } from '../../../core/clock.js';

/** One timer for the earliest of many instants. It rings once; then they have to be set again. */
export class Alarm {
  #setAt = Infinity;
  #cancel: CancelTimer = () => undefined;

  constructor(
    private readonly clock: Clock,
    private readonly ring: () => void,
  ) {}

  /** Rings at this instant (epoch ms), unless it is set for an earlier one. */
  set(at: number): void {
    if (at >= this.#setAt) return;
    this.stop();
    this.#setAt = at;
    this.#cancel = this.clock.timer(at - this.clock.now(), () => {
      this.#setAt = Infinity;
      this.ring();
    });
  }

  stop(): void {
    this.#cancel();
    this.#setAt = Infinity;
  }
}
