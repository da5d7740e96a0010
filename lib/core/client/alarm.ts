import type { Clock } from '../clock.js';

/** Sleeps that end when woken, and one failure, at the latest the deadline's, that ends all of them. */
export class Alarm {
  #woken = false;
  #failure: Error | undefined;
  #ring = (): void => {};
  readonly #cancelDeadline: () => void;

  constructor(
    private readonly clock: Clock,
    timeoutMs: number,
    late: () => Error,
  ) {
    this.#cancelDeadline = clock.timer(timeoutMs, () => this.fail(late()));
  }

  readonly wake = (): void => {
    this.#woken = true;
    this.#ring();
  };

  /** The first failure stands. */
  fail(error: Error): void {
    this.#failure ??= error;
    this.#ring();
  }

  cancel(): void {
    this.#cancelDeadline();
  }

  /** The answer, unless the failure comes first. */
  orFailure<T>(answer: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#ring = () => {
        if (this.#failure) reject(this.#failure);
      };
      this.#ring();
      answer.then(resolve, reject);
    });
  }

  /** Ends early when woken, also by what happened since the last sleep. Rejects with the failure. */
  async sleep(ms: number): Promise<void> {
    if (!this.#woken && !this.#failure)
      await new Promise<void>((resolve) => {
        const cancel = this.clock.timer(ms, resolve);
        this.#ring = () => {
          cancel();
          resolve();
        };
      });
    if (this.#failure) throw this.#failure;
    this.#woken = false;
  }
}
