import type { OpenQueue } from '../../contenders/open-queue.js';
import type { Order } from '../../contenders/order.js';

/** A queue in this process. */
export interface MemoryQueue extends OpenQueue {
  /** Hands these in, one call for each, none waiting for another. Resolves when all are accepted. */
  add(orders: readonly Order[]): Promise<void>;
}

export interface Contender {
  readonly name: string;
  /** With workers that stand still, so that a backlog can be made. */
  open(concurrency: number): Promise<MemoryQueue>;
}
