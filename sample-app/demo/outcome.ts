import type { OrderView } from '../orders/order-view.js';
import { ChargeCard } from '../payments/payments.definitions.js';
import type { Region } from '../orders/region.js';
import type { SalesReport } from '../reports/reports.definitions.js';
import type { StockLevel } from '../stock/stock.repository.js';
import type { QueueCounts } from './shop-client.js';

/** All that the demo has to judge by, once everything has ended. */
export interface Outcome {
  readonly orders: readonly OrderView[];
  readonly stock: readonly StockLevel[];
  readonly queues: readonly QueueCounts[];
  readonly reports: readonly DemoReport[];
  readonly elapsedMs: number;
}

export interface DemoReport {
  /** The regions that were asked for. */
  readonly regions: readonly Region[];
  readonly result: SalesReport | undefined;
}

export function shipped({ orders }: Outcome): OrderView[] {
  return orders.filter(({ status }) => status === 'shipped');
}

export function refused({ orders }: Outcome): OrderView[] {
  return orders.filter(({ status }) => status === 'refused');
}

/** How often the card of an order was tried again. */
export function chargeRetries({ steps }: OrderView): number {
  return steps.find(({ task }) => task === ChargeCard.name)?.retried ?? 0;
}

/** What the shipped orders of these regions come to. */
export function soldCents(outcome: Outcome, regions: readonly Region[]): number {
  return shipped(outcome)
    .filter(({ region }) => regions.includes(region))
    .reduce((sum, { totalCents }) => sum + totalCents, 0);
}

export function jobsOf({ queues }: Outcome, status: Exclude<keyof QueueCounts, 'queue'>): number {
  return queues.reduce((sum, counts) => sum + counts[status], 0);
}
