import type { Clock } from '../clock.js';
import { within } from '../deadline.js';
import { BrokerUnavailableError, ClosedError } from '../errors.js';

/**
 * Whether calls may reach the stores. Modes: connecting (calls wait) → open → closed (calls are
 * refused, and those that wait are told); or broken: connecting failed, and calls tell why.
 */
export class Gate {
  #open = false;
  #closed = false;
  readonly #way: Promise<void>;
  #free = (): void => {};
  #bar: (error: unknown) => void = () => {};

  constructor(
    private readonly clock: Clock,
    private readonly timeoutMs: number,
  ) {
    this.#way = new Promise((resolve, reject) => {
      this.#free = resolve;
      this.#bar = reject;
    });
    // Whoever waits is told; nobody waiting is no crash.
    this.#way.catch(() => {});
  }

  connecting(connected: Promise<void>): void {
    connected.then(() => {
      this.#open = true;
      this.#free();
    }, this.#bar);
  }

  /** Where it has not opened yet it never will: nobody waits for it any longer. */
  giveUp(): void {
    if (!this.#open) this.close();
  }

  close(): void {
    this.#closed = true;
    this.#bar(closed());
  }

  /** Undefined when the way is free. Throws ClosedError. */
  pass(ids?: () => readonly string[]): Promise<void> | undefined {
    if (this.#closed) throw closed();
    if (this.#open) return undefined;
    return within(
      this.clock,
      this.timeoutMs,
      this.#way,
      () =>
        new BrokerUnavailableError(
          `the stores are not connected after ${this.timeoutMs} ms: ` +
            'enqueue from onModuleInit on, and check that broker and results can be reached',
          { ids: ids?.() },
        ),
    );
  }
}

function closed(): ClosedError {
  return new ClosedError('this Tasqueue instance is closed: the application is shutting down');
}
