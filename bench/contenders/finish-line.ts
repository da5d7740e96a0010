import { setTimeout as sleep } from 'node:timers/promises';
import type { Handler } from './order.js';

/** How often the store is asked, once the last handler has been called. */
const ASKED_EVERY_MS = 1;

/**
 * Tells when all that was handed in has ended: when the handler has been called that often, and the
 * store, asked from then on, has as many outcomes. So nothing is asked while the clock matters.
 */
export class FinishLine {
  /** To be called in place of the handler it was made with. */
  readonly handle: Handler;
  #expected = 0;
  #called = 0;
  #lastCall: (() => void) | undefined;

  constructor(handle: Handler) {
    this.handle = (order) => {
      this.#called += 1;
      if (this.#called === this.#expected) this.#lastCall?.();
      return handle(order);
    };
  }

  /** Jobs that were handed in, one way or the other. */
  get expected(): number {
    return this.#expected;
  }

  expect(count: number): void {
    this.#expected += count;
  }

  /** `stored`: how many outcomes there are. */
  async reached(stored: () => Promise<number>): Promise<void> {
    if (this.#called < this.#expected)
      await new Promise<void>((resolve) => {
        this.#lastCall = resolve;
      });
    while ((await stored()) < this.#expected) await sleep(ASKED_EVERY_MS);
  }
}
