import type { AsyncLocalStorage } from 'node:async_hooks';
import type { JobContext } from '../../core/job-context.js';
import type { TaskEntry } from '../../core/task-entry.js';

/** Takes a slot away from a handler that waits; the returned function gives it back. */
export type LendSlot = (queue: string) => () => void;

/** One handler at work, and the calls to enqueue that it has open. */
export class HandlerFrame {
  over = false;
  readonly #calls = new Set<Promise<unknown>>();
  #giveBack = (): void => {};

  constructor(
    readonly job: JobContext,
    private readonly lend: LendSlot,
  ) {}

  /**
   * The call, and meanwhile the handler's slot for others: what it waits for may need the only one.
   */
  async lending<T>(call: Promise<T>): Promise<T> {
    if (this.#calls.size === 0) this.#giveBack = this.lend(this.job.queue);
    this.#calls.add(call);
    try {
      return await call;
    } finally {
      this.#calls.delete(call);
      if (this.#calls.size === 0) this.#giveBack();
    }
  }

  /** Once its calls have ended, also those that the handler did not wait for. */
  async callsEnded(): Promise<void> {
    while (this.#calls.size > 0) await Promise.allSettled(this.#calls);
  }
}

/** The handlers of one instance that are at work. */
export class HandlerFrames {
  readonly #open = new Map<string, HandlerFrame>();

  /** `storage` is one for all instances: a handler of one may enqueue with another. */
  constructor(
    private readonly storage: AsyncLocalStorage<HandlerFrame>,
    private readonly lend: LendSlot,
  ) {}

  /** The handler, of whichever instance, that calls this. */
  get current(): HandlerFrame | undefined {
    const frame = this.storage.getStore();
    // A callback that it left behind is no handler.
    return frame?.over === false ? frame : undefined;
  }

  /** The jobs whose handlers have not ended. */
  get running(): readonly JobContext[] {
    return [...this.#open.values()].filter(({ over }) => !over).map(({ job }) => job);
  }

  /** The same task, whose handler is known while it runs. */
  around(entry: TaskEntry): TaskEntry {
    return { ...entry, run: (payload, ctx) => this.#run(entry, payload, ctx) };
  }

  async callsEnded(jobId: string): Promise<void> {
    await this.#open.get(jobId)?.callsEnded();
  }

  async #run(entry: TaskEntry, payload: unknown, ctx: JobContext): Promise<unknown> {
    const frame = new HandlerFrame(ctx, this.lend);
    this.#open.set(ctx.id, frame);
    try {
      return await this.storage.run(frame, () => entry.run(payload, ctx));
    } finally {
      frame.over = true;
      void frame.callsEnded().then(() => {
        if (this.#open.get(ctx.id) === frame) this.#open.delete(ctx.id);
      });
    }
  }
}
