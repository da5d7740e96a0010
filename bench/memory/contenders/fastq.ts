import type { queueAsPromised } from 'fastq';
import { handle, type Order } from '../../contenders/order.js';
import type { Contender, MemoryQueue } from './contender.js';

class FastqQueue implements MemoryQueue {
  constructor(private readonly queue: queueAsPromised<Order, number>) {}

  async add(orders: readonly Order[]): Promise<void> {
    for (const order of orders) void this.queue.push(order);
  }

  /** It has nothing for many at once. */
  async addMany(orders: readonly Order[]): Promise<void> {
    await this.add(orders);
  }

  async start(): Promise<void> {
    this.queue.resume();
  }

  async stop(): Promise<void> {
    this.queue.pause();
  }

  ended(): Promise<void> {
    return this.queue.drained();
  }

  async close(): Promise<void> {
    this.queue.kill();
  }
}

export const fastq: Contender = {
  name: 'fastq',
  async open(concurrency) {
    const { default: fastqModule } = await import('fastq');
    const queue = fastqModule.promise<unknown, Order, number>(handle, concurrency);
    queue.pause();
    return new FastqQueue(queue);
  },
};
