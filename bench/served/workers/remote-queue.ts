import { setTimeout as sleep } from 'node:timers/promises';
import type { Order } from '../../contenders/order.js';
import { contenderNamed } from '../contenders/contenders.js';
import type { ServedQueue } from '../contenders/contender.js';
import { handlerNamed } from '../handlers.js';
import type { WorkerSettings } from './protocol.js';
import { RemoteWorker } from './remote-worker.js';

/** Rarely enough that asking costs nobody anything. */
const ASKED_EVERY_MS = 5;

/** A queue whose workers are in other processes, while this one hands in. */
export class RemoteQueue implements ServedQueue {
  #added = 0;

  private constructor(
    private readonly producer: ServedQueue,
    private readonly workers: readonly RemoteWorker[],
  ) {}

  static async open(settings: WorkerSettings, processes: number): Promise<RemoteQueue> {
    const { contender, url, concurrency, handler } = settings;
    const handle = handlerNamed(handler);
    const producer = await contenderNamed(contender).open({ url, concurrency, handle });
    const workers = Array.from({ length: processes }, () => RemoteWorker.open(settings));
    return new RemoteQueue(producer, await Promise.all(workers));
  }

  addOne(order: Order): Promise<void> {
    this.#added += 1;
    return this.producer.addOne(order);
  }

  addMany(orders: readonly Order[]): Promise<void> {
    this.#added += orders.length;
    return this.producer.addMany(orders);
  }

  async start(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.call('start')));
  }

  async stop(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.call('stop')));
  }

  async ended(): Promise<void> {
    while ((await this.finished()) < this.#added) await sleep(ASKED_EVERY_MS);
  }

  finished(): Promise<number> {
    return this.producer.finished();
  }

  /** What the handlers noticed since this was last asked: from enqueue to handler, ms. */
  async delaysMs(): Promise<number[]> {
    const answers = await Promise.all(this.workers.map((worker) => worker.call('delays')));
    return answers.flat();
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.close()));
    await this.producer.close();
  }
}
