import type { Clock } from '../clock.js';
import { within } from '../deadline.js';
import { BrokerUnavailableError, ClosedError } from '../errors.js';

/**
 * Whether calls may reach the stores. Modes: connecting (calls wait) → open → closed (calls are
 * refused); or broken: connecting failed, and calls tell why.
 */
export class Gate {
  #connected: Promise<void> | undefined;
  #open = false;
  #closed = false;

  constructor(
    private readonly clock: Clock,
    private readonly timeoutMs: number,
  ) {}

  connecting(connected: Promise<void>): void {
    this.#connected = connected.then(() => void (this.#open = true));
    // Whoever waits is told; nobody waiting is no crash.
    this.#connected.catch(() => {});
  }

  close(): void {
    this.#closed = true;
  }

  /** Undefined when the way is free. Throws ClosedError. */
  pass(ids?: () => readonly string[]): Promise<void> | undefined {
    if (this.#closed)
      throw new ClosedError('this Tasqueue instance is closed: the application is shutting down');
    if (this.#open) return undefined;
    return within(
      this.clock,
      this.timeoutMs,
      this.#connected ?? new Promise<void>(() => {}),
      () =>
        new BrokerUnavailableError(
          `the stores are not connected after ${this.timeoutMs} ms: ` +
            'enqueue from onModuleInit on, and check that broker and results can be reached',
          { ids: ids?.() },
        ),
    );
  }
}
