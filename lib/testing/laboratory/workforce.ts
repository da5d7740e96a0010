import type { Changes } from './changes.js';
import { endsWithin } from './patience.js';
import type { TestTasqueue } from './test-tasqueue.js';

/** All workers of an application. */
export class Workforce {
  constructor(
    private readonly instances: readonly TestTasqueue[],
    private readonly changes: Changes,
  ) {}

  /**
   * Runs what is due, and what comes of it. False when handlers still run after `patienceMs` of real
   * time: then the workers stay awake.
   */
  async work(patienceMs: number): Promise<boolean> {
    for (const { runner } of this.instances) await runner.wake();
    if (!(await endsWithin(patienceMs, this.#still()))) return false;
    for (const { runner } of this.instances) if (!runner.steady) await runner.rest();
    return true;
  }

  /** Sends all of them to rest. */
  async rest(): Promise<void> {
    for (const { runner } of this.instances) await runner.rest();
  }

  /** Once nothing runs, and nothing is left that would. */
  async #still(): Promise<void> {
    for (let change = this.changes.next(); await this.#isBusy(); change = this.changes.next())
      await change;
  }

  async #isBusy(): Promise<boolean> {
    // Callbacks and listeners, which nobody waits for, get a turn to enqueue more.
    await new Promise((resolve) => void setImmediate(resolve));
    for (const { workload } of this.instances) if (!(await workload.isEmpty())) return true;
    return false;
  }
}
