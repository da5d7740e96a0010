import type PQueue from 'p-queue';
import { handle, type Order } from '../../contenders/order.js';
import type { Contender, MemoryQueue } from './contender.js';

class PQueueQueue implements MemoryQueue {
  constructor(private readonly queue: PQueue) {}

  async add(orders: readonly Order[]): Promise<void> {
    for (const order of orders) void this.queue.add(() => handle(order));
  }

  async addMany(orders: readonly Order[]): Promise<void> {
    void this.queue.addAll(orders.map((order) => () => handle(order)));
  }

  async start(): Promise<void> {
    this.queue.start();
  }

  async stop(): Promise<void> {
    this.queue.pause();
  }

  ended(): Promise<void> {
    return this.queue.onIdle();
  }

  async close(): Promise<void> {
    this.queue.clear();
  }
}

export const pQueue: Contender = {
  name: 'p-queue',
  async open(concurrency) {
    const { default: PQueueClass } = await import('p-queue');
    return new PQueueQueue(new PQueueClass({ concurrency, autoStart: false }));
  },
};
