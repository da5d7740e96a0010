import type { Broker, Settlement } from 'nestjs-tasqueue';
import { sessionOn } from '../contenders/claiming.js';
import { addBacklog } from '../contenders/open-queue.js';
import { orderOf } from '../contenders/order.js';
import { inFlight } from '../contenders/enqueueing.js';
import { QUEUE, TasqueueApp } from '../contenders/tasqueue-app.js';
import { BareStream } from '../served/contenders/bare-stream.js';
import { storesAt } from '../served/contenders/stores.js';

/** Many wait in it, and few are taken at a time. */
export interface DeepQueue {
  fill(count: number): Promise<void>;
  /** Takes so many, and settles those that were taken before. */
  claim(count: number): Promise<void>;
  close(): Promise<void>;
}

/** Claims are made as a worker makes them, straight at the broker. */
export class DeepTasqueue implements DeepQueue {
  readonly #session = sessionOn(QUEUE);
  #settle: readonly Settlement[] = [];

  private constructor(
    private readonly app: TasqueueApp,
    private readonly broker: Broker,
  ) {}

  static async open(url: string): Promise<DeepTasqueue> {
    const { broker, results } = await storesAt(url);
    const app = await TasqueueApp.open({ broker, results, concurrency: 1 });
    return new DeepTasqueue(app, broker);
  }

  async fill(count: number): Promise<void> {
    await addBacklog(this.app, count);
    await this.broker.open(this.#session);
  }

  async claim(count: number): Promise<void> {
    const { deliveries } = await this.broker.work({
      session: this.#session.session,
      settle: this.#settle,
      started: [],
      claims: [{ queue: QUEUE, slots: count, ahead: 0 }],
      waitMs: 0,
    });
    if (deliveries.length === 0) throw new Error('nothing was claimed of a full queue');
    this.#settle = deliveries.map(({ receipt }) => ({ kind: 'ack', receipt }));
  }

  async close(): Promise<void> {
    await this.broker.leave(this.#session.session);
    await this.app.close();
  }
}

export class DeepBare implements DeepQueue {
  private constructor(private readonly stream: BareStream) {}

  static async open(url: string): Promise<DeepBare> {
    return new DeepBare(await BareStream.open(url));
  }

  async fill(count: number): Promise<void> {
    const indices = Array.from({ length: count }, (_, index) => index);
    await inFlight(indices, (index) => this.stream.publish(orderOf(index)));
  }

  claim(count: number): Promise<void> {
    return this.stream.pull(count, ({ ack }) => ack());
  }

  close(): Promise<void> {
    return this.stream.close();
  }
}
