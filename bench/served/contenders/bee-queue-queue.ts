import BeeQueue from 'bee-queue';
import { FinishLine } from '../../contenders/finish-line.js';
import type { Order } from '../../contenders/order.js';
import type { OpenOptions, ServedQueue } from './contender.js';

const QUEUE = 'orders';

/**
 * Events are off, since nobody listens, and so is the producer's table of the jobs that it sent:
 * both are there for events. It keeps finished jobs, but not what their handlers returned.
 */
const SETTINGS = { getEvents: false, sendEvents: false, storeJobs: false, removeOnSuccess: false };

export class BeeQueueQueue implements ServedQueue {
  readonly #line: FinishLine;
  readonly #producer: BeeQueue<Order>;
  #worker: BeeQueue<Order>;

  constructor(private readonly options: OpenOptions) {
    this.#line = new FinishLine(options.handle);
    this.#producer = this.#open({ isWorker: false });
    this.#worker = this.#open({ isWorker: true });
  }

  async ready(): Promise<this> {
    await this.#producer.ready();
    await this.#worker.ready();
    return this;
  }

  async addOne(order: Order): Promise<void> {
    this.#line.expect(1);
    await this.#producer.createJob(order).save();
  }

  async addMany(orders: readonly Order[]): Promise<void> {
    this.#line.expect(orders.length);
    const refused = await this.#producer.saveAll(
      orders.map((order) => this.#producer.createJob(order)),
    );
    if (refused.size > 0) throw new Error(`${refused.size} jobs were not accepted`);
  }

  async start(): Promise<void> {
    this.#worker.process(this.options.concurrency, ({ data }) => this.#line.handle(data));
  }

  /** It cannot pause; the next one stands ready before the clock runs. */
  async stop(): Promise<void> {
    await this.#worker.close();
    this.#worker = this.#open({ isWorker: true });
    await this.#worker.ready();
  }

  ended(): Promise<void> {
    return this.#line.reached(() => this.finished());
  }

  async finished(): Promise<number> {
    return (await this.#producer.checkHealth()).succeeded;
  }

  async close(): Promise<void> {
    await this.#worker.close();
    await this.#producer.close();
  }

  #open(role: { readonly isWorker: boolean }): BeeQueue<Order> {
    const { hostname: host, port } = new URL(this.options.url);
    return new BeeQueue(QUEUE, { ...SETTINGS, ...role, redis: { host, port: Number(port) } });
  }
}
