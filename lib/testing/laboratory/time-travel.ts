import { InvalidStateError, TimeoutError } from '../../core/errors.js';
import type { JobMessage } from '../../core/job-message.js';
import { refuse } from '../../core/validation/check.js';
import { duration } from '../../core/validation/values.js';
import type { ManualClock } from '../manual-clock.js';
import type { Changes } from './changes.js';
import { PATIENCE_MS } from './patience.js';
import { RunGatherer } from './run-gatherer.js';
import type { TestTasqueue } from './test-tasqueue.js';
import { Workforce } from './workforce.js';

/** Runs what is due in an application, and moves its time. */
export class TimeTravel {
  readonly #workforce: Workforce;

  constructor(
    private readonly instances: readonly TestTasqueue[],
    changes: Changes,
    private readonly manualClock: ManualClock | undefined,
  ) {
    this.#workforce = new Workforce(instances, changes);
  }

  /** Throws InvalidStateError where time is the system's. */
  get clock(): ManualClock {
    if (this.manualClock) return this.manualClock;
    throw new InvalidStateError(
      "in 'live' mode time is the system's: use mode 'inline' or 'manual' to move it",
    );
  }

  /** Gives the jobs that ran. Rejects with TimeoutError, naming those that still run. */
  drain(timeoutMs: number): Promise<JobMessage[]> {
    return this.#gather(async () => {
      if (!(await this.#workforce.work(timeoutMs))) throw this.#stillRunning(timeoutMs);
    });
  }

  /** Gives the jobs that ran. */
  async advance(ms: number): Promise<JobMessage[]> {
    refuse('advance()', duration(ms, 'ms'));
    const { clock } = this;
    const endAt = clock.now() + ms;
    return this.#gather(async () => {
      while (await this.#untilDue(endAt)) await clock.advanceTo(await this.#nextDueAt(endAt));
    });
  }

  /** Runs what is due by now. False when the end is reached. */
  async #untilDue(endAt: number): Promise<boolean> {
    const done = await this.#workforce.work(PATIENCE_MS);
    if (this.clock.now() >= endAt) return false;
    // Idle workers have timers of their own, for each of which time would have to stop.
    if (done) await this.#workforce.rest();
    return true;
  }

  async #nextDueAt(endAt: number): Promise<number> {
    let nextAt = endAt;
    for (const { broker } of this.instances) {
      const { inspect } = broker;
      const waiting = await broker.controls();
      for (const queue of await inspect.queues())
        waiting.push(...(await inspect.page(queue, 'delayed', { limit: 1 })).items);
      const now = this.clock.now();
      for (const { dueAt } of waiting) if (dueAt > now) nextAt = Math.min(nextAt, dueAt);
    }
    return nextAt;
  }

  async #gather(act: () => Promise<void>): Promise<JobMessage[]> {
    const gatherer = new RunGatherer(this.instances);
    try {
      await act();
      return await gatherer.jobs();
    } finally {
      gatherer.stop();
    }
  }

  #stillRunning(timeoutMs: number): TimeoutError {
    const running = this.instances.flatMap(({ frames }) => frames.running);
    const jobs = running.map(({ task, id }) => `'${task}' (job '${id}')`).join(', ');
    return new TimeoutError(
      `drain(): after ${timeoutMs} ms of real time these handlers still run: ${jobs || 'none'}. ` +
        'Let what they wait for happen, move time by clock.advance(ms) for their timeouts to fire, ' +
        'or give drain({ timeout }) more',
    );
  }
}
