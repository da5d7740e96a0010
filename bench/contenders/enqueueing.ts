import { whole } from '../harness/table.js';
import { MANY } from './open-queue.js';
import type { Order } from './order.js';

/** What takes jobs. */
export interface Producer {
  /** Hands this one in. Resolves when it is accepted. */
  addOne(order: Order): Promise<void>;
  addMany(orders: readonly Order[]): Promise<void>;
}

export type Enqueue = (producer: Producer, orders: readonly Order[]) => Promise<void>;

const IN_FLIGHT = 100;

/** The ways in which programs hand jobs in. */
export const WAYS: Readonly<Record<string, Enqueue>> = {
  'one awaited after the other': async (producer, orders) => {
    for (const order of orders) await producer.addOne(order);
  },
  [`${IN_FLIGHT} in flight`]: (producer, orders) =>
    inFlight(orders, (order) => producer.addOne(order)),
  [`${whole(MANY)} a call`]: async (producer, orders) => {
    for (let from = 0; from < orders.length; from += MANY)
      await producer.addMany(orders.slice(from, from + MANY));
  },
};

/** Calls `hand` with each, by callers that wait for one call before they make the next. */
export async function inFlight<Item>(
  items: readonly Item[],
  hand: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items.values();
  const callers = Array.from({ length: IN_FLIGHT }, async () => {
    for (const item of left) await hand(item);
  });
  await Promise.all(callers);
}
