import { Packer } from '../scripts/packer.js';
import { Script } from '../scripts/script.js';
import type { BrokerServer } from './broker-server.js';
import { integer, list } from './reply.js';

const numberQueues = new Script('broker/number-queues');

/** The numbers that stand for queues in keys and messages, as far as they are known here. */
export class QueueNumbers {
  readonly #numbers = new Map<string, number>();

  constructor(private readonly server: BrokerServer) {}

  of(queue: string): number {
    const number = this.#numbers.get(queue);
    if (number === undefined) throw new Error(`queue '${queue}' was not learned`);
    return number;
  }

  /** Asks for those that are not known. */
  async learn(queues: Iterable<string>): Promise<void> {
    const unknown = [...queues].filter((queue) => !this.#numbers.has(queue));
    if (unknown.length === 0 && !this.server.time.unknown) return;
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
