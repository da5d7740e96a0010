interface Waiting<Item, Reply> {
  readonly items: readonly Item[];
  readonly resolve: (replies: readonly Reply[]) => void;
  readonly reject: (error: unknown) => void;
}

export interface TickBatchLimits {
  /** A call carries at most this many items, unless a single `add` brings more. */
  readonly items: number;
  /** Calls under way at once; the next ones gather meanwhile, and so grow with the load. */
  readonly inFlight: number;
}

/**
 * Gathers what is asked within one turn of the event loop into one call, and hands each asker its
 * own replies. Sent as the turn ends, never by a timer: at low load it is one call for one ask.
 */
export class TickBatch<Item, Reply> {
  #waiting: Waiting<Item, Reply>[] = [];
  /** Those before it have been sent; a shift per call would cost the length of the backlog. */
  #next = 0;
  #inFlight = 0;
  #scheduled = false;

  constructor(
    private readonly send: (items: readonly Item[]) => Promise<readonly Reply[]>,
    private readonly limits: TickBatchLimits,
  ) {}

  /** Replies in the order of `items`; all of them travel in one call. */
  add(items: readonly Item[]): Promise<readonly Reply[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ items, resolve, reject });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#scheduled || this.#inFlight >= this.limits.inFlight) return;
    this.#scheduled = true;
    process.nextTick(this.#flush);
  }

  readonly #flush = (): void => {
    this.#scheduled = false;
    while (this.#next < this.#waiting.length && this.#inFlight < this.limits.inFlight) {
      this.#inFlight++;
      void this.#sendBatch(this.#take());
    }
  };

  #take(): Waiting<Item, Reply>[] {
    const from = this.#next;
    let items = 0;
    while (this.#next < this.#waiting.length) {
      items += this.#waiting[this.#next]?.items.length ?? 0;
      if (this.#next > from && items > this.limits.items) break;
      this.#next++;
    }
    const batch = this.#waiting.slice(from, this.#next);
    if (this.#next === this.#waiting.length) {
      this.#waiting = [];
      this.#next = 0;
    }
    return batch;
  }

  async #sendBatch(batch: readonly Waiting<Item, Reply>[]): Promise<void> {
    try {
      const replies = await this.send(batch.flatMap(({ items }) => items));
      let from = 0;
      for (const { items, resolve } of batch) resolve(replies.slice(from, (from += items.length)));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.#inFlight--;
      if (this.#next < this.#waiting.length) this.#schedule();
    }
  }
}
