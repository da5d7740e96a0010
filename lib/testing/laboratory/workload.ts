import type { StoredMessage } from '../../core/ports/message.js';
import type { TestBroker } from './test-broker.js';

/** What of a broker's messages runs, or is about to: it is due, and a worker is there for it. */
export class Workload {
  constructor(private readonly broker: TestBroker) {}

  async isEmpty(): Promise<boolean> {
    return !(await this.#hasJobs()) && !(await this.#hasControls());
  }

  async holds(id: string): Promise<boolean> {
    const [message] = await this.broker.find([id]);
    return message !== undefined && this.#isUnderWay(message);
  }

  async #hasJobs(): Promise<boolean> {
    const { inspect } = this.broker;
    for (const queue of await inspect.queues()) {
      const { claimed, started, waiting } = await inspect.counts(queue);
      if (claimed + started > 0) return true;
      if (waiting > 0 && (await this.#runs(queue))) return true;
    }
    return false;
  }

  async #hasControls(): Promise<boolean> {
    for (const message of await this.broker.controls())
      if (await this.#isUnderWay(message)) return true;
    return false;
  }

  async #isUnderWay({ state, queue }: StoredMessage): Promise<boolean> {
    if (state === 'waiting') return this.#runs(queue);
    return state === 'claimed' || state === 'started';
  }

  async #runs(queue: string): Promise<boolean> {
    const manned = this.broker.runners.some(({ status }) => status.slots[queue]?.paused === false);
    return manned && !(await this.broker.inspect.counts(queue)).paused;
  }
}
