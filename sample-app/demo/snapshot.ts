import type { GroupMessage } from 'nestjs-tasqueue';
import type { OrderStatus } from '../orders/order.js';
import type { QueueCounts, ShopClient } from './shop-client.js';

/** How the shop stands at one moment. */
export interface Snapshot {
  /** Orders that will be placed in all. */
  readonly expected: number;
  readonly placed: number;
  readonly orders: Readonly<Record<OrderStatus, number>>;
  /** Parts of the reports. */
  readonly parts: { readonly all: number; readonly ended: number };
  readonly queues: readonly QueueCounts[];
  readonly elapsedMs: number;
}

/** What the demo has set going, and cannot read off the shop. */
export interface Plan {
  readonly startedAt: number;
  readonly expected: number;
  readonly groupIds: string[];
}

export async function takeSnapshot(shop: ShopClient, plan: Plan): Promise<Snapshot> {
  const [orders, queues, groups] = await Promise.all([
    shop.orders(),
    shop.queues(),
    Promise.all(plan.groupIds.map((id) => shop.group(id))),
  ]);
  const parts = groups.flatMap(({ jobStatus }) => Object.values(jobStatus));
  const count = (status: OrderStatus) => orders.filter((order) => order.status === status).length;
  return {
    expected: plan.expected,
    placed: orders.length,
    orders: {
      open: count('open'),
      shipped: count('shipped'),
      refused: count('refused'),
      cancelled: count('cancelled'),
    },
    parts: { all: parts.length, ended: parts.filter(hasEnded).length },
    queues,
    elapsedMs: performance.now() - plan.startedAt,
  };
}

export function endedOrders({ orders: { shipped, refused, cancelled } }: Snapshot): number {
  return shipped + refused + cancelled;
}

function hasEnded(status: GroupMessage['jobStatus'][string]): boolean {
  return status === 'successful' || status === 'failed' || status === 'cancelled';
}
