import type { Producer } from '../../contenders/enqueueing.js';
import type { OpenQueue } from '../../contenders/open-queue.js';
import type { Handler, Order } from '../../contenders/order.js';

/** A queue on a server; its workers are in this process, and maybe in others. */
export interface ServedQueue extends OpenQueue, Producer {
  /** Outcomes in the store. */
  finished(): Promise<number>;
}

/** One that knows jobs which wait for one another. */
export interface FlowQueue extends ServedQueue {
  /** One job each, side by side, and then one more. */
  addGroup(orders: readonly Order[]): Promise<void>;
  /** One job each, one after the other. */
  addChain(orders: readonly Order[]): Promise<void>;
}

export interface OpenOptions {
  readonly url: string;
  readonly concurrency: number;
  readonly handle: Handler;
}

/** One that can be handed jobs, whatever becomes of them. */
export interface ProducerContender {
  readonly name: string;
  open(options: OpenOptions): Promise<Producer & { close(): Promise<void> }>;
}

export interface Contender<Queue extends ServedQueue = ServedQueue> {
  readonly name: string;
  /** With workers that stand still, so that a backlog can be made. */
  open(options: OpenOptions): Promise<Queue>;
}
