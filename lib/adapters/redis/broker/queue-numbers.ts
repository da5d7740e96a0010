import { Packer } from '../scripts/packer.js';
import { Script } from '../scripts/script.js';
import type { BrokerServer } from './broker-server.js';
import { integer, list } from '../scripts/reply.js';

const numberQueues = new Script('broker/number-queues');

/** The numbers that stand for queues in keys and messages, as far as they are known here. */
export class QueueNumbers {
  readonly #numbers = new Map<string, number>();

  constructor(private readonly server: BrokerServer) {}

  /** What it is believed to be: scripts check it. 0, which no queue has, for one that was not learned. */
  of(queue: string): number {
    return this.#numbers.get(queue) ?? 0;
  }

  /** Asks for those that are not known. */
  async learn(queues: Iterable<string>): Promise<void> {
    const unknown: string[] = [];
    for (const queue of queues) if (!this.#numbers.has(queue)) unknown.push(queue);
    if (unknown.length === 0) return;
    const packed = new Packer().texts(unknown).finish();
    const [now, ...numbers] = list(await this.server.run(numberQueues, packed));
    this.server.time.told(integer(now));
    for (const [index, queue] of unknown.entries())
      this.#numbers.set(queue, integer(numbers[index]));
  }

  /** The server has lost them, or given them up. */
  forget(): void {
    this.#numbers.clear();
  }
}
