import { type Order, ordersOf } from './order.js';

/** A queue, with workers that call a handler, as one library makes it. */
export interface OpenQueue {
  /** Hands these in by whatever the library has for many at once. Resolves when all are accepted. */
  addMany(orders: readonly Order[]): Promise<void>;
  /** Lets the workers begin. */
  start(): Promise<void>;
  /** Lets them end what they have, and do nothing more until `start`. */
  stop(): Promise<void>;
  /** Once all that was handed in has ended; where results are stored: once they are. */
  ended(): Promise<void>;
  close(): Promise<void>;
}

/** Where a call takes many, it is given so many. */
export const MANY = 1_000;

export async function addBacklog(queue: OpenQueue, count: number): Promise<void> {
  for (let added = 0; added < count; added += MANY)
    await queue.addMany(ordersOf(Math.min(MANY, count - added)));
}
