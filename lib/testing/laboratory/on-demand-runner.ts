import { TasqueueRunner } from '../../core/worker/tasqueue-runner.js';
import type { InstanceParts } from '../../core/instance-parts.js';
import type { ManualClock } from '../manual-clock.js';
import type { Changes } from './changes.js';
import { endsWithin, PATIENCE_MS } from './patience.js';

export interface RunnerTerms {
  /** False: what the application starts stays at rest until it is woken. */
  readonly byItself: boolean;
  /** Undefined where time is the system's. */
  readonly clock: ManualClock | undefined;
  readonly changes: Changes;
  /** Enqueues the schedules of the tasks. */
  readonly announce: () => Promise<void>;
}

/** A runner whose workers can be woken for a while, and be sent to rest before time moves. */
export class OnDemandRunner extends TasqueueRunner {
  #steady = false;

  constructor(
    private readonly parts: InstanceParts,
    private readonly terms: RunnerTerms,
  ) {
    super(parts);
  }

  /** The application has started it, and its workers work without being asked. */
  get steady(): boolean {
    return this.#steady;
  }

  override async start(): Promise<void> {
    if (!this.#isProducer) {
      await this.terms.announce();
      if (!this.terms.byItself) return;
    }
    await super.start();
    this.#steady = true;
  }

  override async stop(): Promise<void> {
    this.#steady = false;
    await this.rest();
  }

  /** A producer has no workers to wake. */
  async wake(): Promise<void> {
    if (!this.#isProducer) await super.start();
  }

  /** Resolves once they are stopped. A handler that goes on and on sees its grace pass at once. */
  async rest(): Promise<void> {
    const { clock, changes } = this.terms;
    const stopped = super.stop();
    if (clock && !(await endsWithin(PATIENCE_MS, stopped)))
      await clock.advance(this.parts.settings.shutdownTimeoutMs);
    await stopped;
    changes.ring();
  }

  /** One slot more for this queue, until the returned function is called. */
  lendSlot(queue: string): () => void {
    const slots = this.status.slots[queue];
    if (slots === undefined) return () => {};
    this.setConcurrency(queue, slots.concurrency + 1);
    return () => {
      const now = this.status.slots[queue];
      if (now) this.setConcurrency(queue, now.concurrency - 1);
    };
  }

  get #isProducer(): boolean {
    return this.parts.settings.role === 'producer';
  }
}
