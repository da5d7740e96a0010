import { FinishLine } from '../../contenders/finish-line.js';
import type { Order } from '../../contenders/order.js';
import { BareStream } from './bare-stream.js';
import type { OpenOptions, ServedQueue } from './contender.js';

/** One stream of NATS as a queue, with no more than the client needs for it. */
export class BareQueue implements ServedQueue {
  #running = false;

  private constructor(
    private readonly stream: BareStream,
    private readonly line: FinishLine,
    private readonly atOnce: number,
  ) {}

  static async open({ url, concurrency, handle }: OpenOptions, ahead: number): Promise<BareQueue> {
    const stream = await BareStream.open(url);
    return new BareQueue(stream, new FinishLine(handle), concurrency + ahead);
  }

  addOne(order: Order): Promise<void> {
    this.line.expect(1);
    return this.stream.publish(order);
  }

  async addMany(orders: readonly Order[]): Promise<void> {
    await Promise.all(orders.map((order) => this.addOne(order)));
  }

  async start(): Promise<void> {
    this.#running = true;
    void this.#work();
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.stream.endPull();
  }

  ended(): Promise<void> {
    return this.line.reached(() => this.finished());
  }

  /** Acknowledged: they have left the stream. */
  finished(): Promise<number> {
    return this.stream.removed();
  }

  close(): Promise<void> {
    return this.stream.close();
  }

  async #work(): Promise<void> {
    while (this.#running)
      await this.stream.pull(this.atOnce, ({ order, ack }) => {
        void this.line.handle(order).then(ack);
      });
  }
}
