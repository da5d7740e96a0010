import { type FlowJob, FlowProducer, Queue, Worker } from 'bullmq';
import { FinishLine } from '../../contenders/finish-line.js';
import type { Order } from '../../contenders/order.js';
import type { FlowQueue, OpenOptions } from './contender.js';

const QUEUE = 'orders';
const JOB = 'ship';
/** Every outcome is kept. */
const KEPT = { removeOnComplete: false, removeOnFail: false };

/** As its guide has it: every part has connections of its own, which a worker's never give up. */
export class BullmqQueue implements FlowQueue {
  readonly #line: FinishLine;
  readonly #connection;
  readonly #queue: Queue<Order, number>;
  readonly #flows: FlowProducer;
  #worker: Worker<Order, number>;

  constructor(private readonly options: OpenOptions) {
    const { hostname: host, port } = new URL(options.url);
    this.#connection = { host, port: Number(port) };
    this.#line = new FinishLine(options.handle);
    this.#queue = new Queue(QUEUE, { connection: this.#connection, defaultJobOptions: KEPT });
    this.#flows = new FlowProducer({ connection: this.#connection });
    this.#worker = this.#standingWorker();
  }

  async ready(): Promise<this> {
    await this.#queue.waitUntilReady();
    await this.#flows.waitUntilReady();
    await this.#worker.waitUntilReady();
    return this;
  }

  async addOne(order: Order): Promise<void> {
    this.#line.expect(1);
    await this.#queue.add(JOB, order);
  }

  async addMany(orders: readonly Order[]): Promise<void> {
    this.#line.expect(orders.length);
    await this.#queue.addBulk(orders.map((data) => ({ name: JOB, data })));
  }

  /** A parent, which runs once all its children have. */
  async addGroup(orders: readonly Order[]): Promise<void> {
    const children = orders.map((data) => flowOf(data));
    this.#line.expect(children.length + 1);
    await this.#flows.add(flowOf(orders[0], children));
  }

  /** The last step is the parent of the one before it, and so on. */
  async addChain([first, ...rest]: readonly Order[]): Promise<void> {
    this.#line.expect(rest.length + 1);
    await this.#flows.add(rest.reduce((flow, data) => flowOf(data, [flow]), flowOf(first)));
  }

  async start(): Promise<void> {
    void this.#worker.run();
  }

  /** The next one stands ready before the clock runs. */
  async stop(): Promise<void> {
    await this.#worker.close();
    this.#worker = this.#standingWorker();
    await this.#worker.waitUntilReady();
  }

  ended(): Promise<void> {
    return this.#line.reached(() => this.finished());
  }

  finished(): Promise<number> {
    return this.#queue.getCompletedCount();
  }

  async close(): Promise<void> {
    await this.#worker.close();
    await this.#flows.close();
    await this.#queue.close();
  }

  #standingWorker(): Worker<Order, number> {
    return new Worker(QUEUE, ({ data }) => this.#line.handle(data), {
      connection: { ...this.#connection, maxRetriesPerRequest: null },
      concurrency: this.options.concurrency,
      autorun: false,
    });
  }
}

function flowOf(data: Order | undefined, children: FlowJob[] = []): FlowJob {
  return { name: JOB, queueName: QUEUE, data, opts: KEPT, children };
}
