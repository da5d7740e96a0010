import type { CancelTimer } from './clock.js';

/** What one call carries, and the answer that all its askers wait for. */
class Batch<Item, Reply> {
  readonly items: Item[] = [];
  readonly replies: Promise<readonly Reply[]>;
  resolve: (replies: readonly Reply[]) => void = () => {};
  reject: (error: unknown) => void = () => {};
  /** Of the time that it may take, where it could not be sent at once. */
  cancelDeadline: CancelTimer | undefined;

  constructor() {
    this.replies = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }
}

export interface TickBatchLimits<Item = never> {
  /** A call carries at most this many items, unless a single `add` brings more. */
  readonly items: number;
  /** Calls under way at once; the next ones gather meanwhile, and so grow with the load. */
  readonly inFlight: number;
  /**
   * Sets a limit to the time of a batch that cannot be sent at once: before it, calls are under way
   * that perhaps never end. Default: none.
   */
  readonly deadline?: (items: readonly Item[], giveUp: (error: unknown) => void) => CancelTimer;
  /** What an asker is told of a call that failed; `items`: its own alone. Default: the error as it is. */
  readonly failure?: (error: unknown, items: readonly Item[]) => unknown;
}

/**
 * Gathers what is asked within one turn of the event loop into one call, and hands each asker its
 * own replies. Sent as the turn ends, never by a timer: at low load it is one call for one ask.
 */
export class TickBatch<Item, Reply> {
  /** Those that wait to be sent; the last one still gathers. */
  readonly #waiting: Batch<Item, Reply>[] = [];
  #inFlight = 0;
  #scheduled = false;

  constructor(
    private readonly send: (items: readonly Item[]) => Promise<readonly Reply[]>,
    private readonly limits: TickBatchLimits<Item>,
  ) {}

  /** Replies in the order of `items`; all of them travel in one call. */
  add(items: readonly Item[]): Promise<readonly Reply[]> {
    const batch = this.#batchFor(items.length);
    const from = batch.items.length;
    for (const item of items) batch.items.push(item);
    const to = batch.items.length;
    this.#schedule();
    const { failure } = this.limits;
    return batch.replies.then(
      (replies) => replies.slice(from, to),
      failure &&
        ((error: unknown) => {
          throw failure(error, items);
        }),
    );
  }

  #batchFor(count: number): Batch<Item, Reply> {
    const last = this.#waiting.at(-1);
    if (last !== undefined && last.items.length + count <= this.limits.items) return last;
    const batch = new Batch<Item, Reply>();
    if (this.#inFlight >= this.limits.inFlight)
      batch.cancelDeadline = this.limits.deadline?.(batch.items, batch.reject);
    this.#waiting.push(batch);
    return batch;
  }

  #schedule(): void {
    if (this.#scheduled || this.#inFlight >= this.limits.inFlight) return;
    this.#scheduled = true;
    process.nextTick(this.#flush);
  }

  readonly #flush = (): void => {
    this.#scheduled = false;
    for (const batch of this.#waiting.splice(0, this.limits.inFlight - this.#inFlight)) {
      this.#inFlight++;
      void this.#sendBatch(batch);
    }
  };

  async #sendBatch({ items, resolve, reject, cancelDeadline }: Batch<Item, Reply>): Promise<void> {
    try {
      resolve(await this.send(items));
    } catch (error) {
      reject(error);
    } finally {
      cancelDeadline?.();
      this.#inFlight--;
      if (this.#waiting.length > 0) this.#schedule();
    }
  }
}
