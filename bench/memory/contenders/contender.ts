import type { Order } from '../order.js';

/** A queue in this process, with workers that call `handle`, as one library makes it. */
export interface OpenQueue {
  /** Hands these in, one call for each. Resolves when all are accepted. */
  add(orders: readonly Order[]): Promise<void>;
  /** Hands these in by whatever the library has for many at once. */
  addMany(orders: readonly Order[]): Promise<void>;
  /** Lets the workers begin. */
  start(): Promise<void>;
  /** Lets them end what they have, and do nothing more until `start`. */
  stop(): Promise<void>;
  /** Once all that was handed in has ended; where results are stored: once they are. */
  ended(): Promise<void>;
  close(): Promise<void>;
}

export interface Contender {
  readonly name: string;
  /** With workers that stand still, so that a backlog can be made. */
  open(concurrency: number): Promise<OpenQueue>;
}
