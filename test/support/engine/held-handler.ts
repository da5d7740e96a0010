import type { JobContext } from '../../../lib/core/job-context.js';

/** One start of a handler, which goes on until the test ends it. */
export interface HeldRun {
  readonly payload: unknown;
  readonly ctx: JobContext;
  finish(value?: unknown): void;
  fail(error: unknown): void;
}

/** A handler that ends when the test says so, and not before. It pays no heed to its signal. */
export class HeldHandler {
  readonly runs: HeldRun[] = [];
  /** Handlers at work now, and at most at once. */
  active = 0;
  mostActive = 0;
  readonly #waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  readonly handle = async (payload: unknown, ctx: JobContext): Promise<unknown> => {
    this.active += 1;
    this.mostActive = Math.max(this.mostActive, this.active);
    try {
      return await new Promise((resolve, reject) => {
        this.runs.push({ payload, ctx, finish: resolve, fail: reject });
        for (const { count, resolve: go } of this.#waiting) if (this.runs.length >= count) go();
      });
    } finally {
      this.active -= 1;
    }
  };

  /** The n-th start (1 is the first), once it has come. */
  async run(count: number): Promise<HeldRun> {
    if (this.runs.length < count)
      await new Promise<void>((resolve) => void this.#waiting.push({ count, resolve }));
    const run = this.runs[count - 1];
    if (run === undefined) throw new Error(`start ${count} did not come`);
    return run;
  }

  finishAll(value?: unknown): void {
    for (const run of this.runs) run.finish(value);
  }
}
