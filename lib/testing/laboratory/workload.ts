import type { TestBroker } from './test-broker.js';

/** What of a broker's messages runs, or is about to: it is due, and a worker is there for it. */
export class Workload {
  constructor(private readonly broker: TestBroker) {}

  async isEmpty(): Promise<boolean> {
    for (const queue of await this.broker.inspect.queues()) {
      const { claimed, started, waiting } = await this.broker.inspect.counts(queue);
      if (claimed + started > 0) return false;
      if (waiting > 0 && (await this.#runs(queue))) return false;
    }
    return true;
  }

  async holds(id: string): Promise<boolean> {
    const [message] = await this.broker.find([id]);
    if (message === undefined) return false;
    if (message.state === 'waiting') return this.#runs(message.queue);
    return message.state === 'claimed' || message.state === 'started';
  }

  async #runs(queue: string): Promise<boolean> {
    const manned = this.broker.runners.some(({ status }) => status.slots[queue]?.paused === false);
    return manned && !(await this.broker.inspect.counts(queue)).paused;
  }
}
