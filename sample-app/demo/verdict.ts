import type { OrderView } from '../orders/order-view.js';
import type { StockLevel } from '../stock/stock.repository.js';
import {
  chargeRetries,
  type DemoReport,
  jobsOf,
  type Outcome,
  refused,
  shipped,
  soldCents,
} from './outcome.js';

const STEPS = 4;
/** The steps, and the closing. */
const JOBS_OF_SHIPPED = STEPS + 1;
/** Reserved, released and closed. */
const JOBS_OF_REFUSED = 3;

/** What is not as it must be; empty when all is well. */
export function problemsOf(outcome: Outcome): string[] {
  return [
    ...outcome.orders.flatMap(problemOfOrder),
    ...(outcome.orders.some((order) => chargeRetries(order) > 0)
      ? []
      : ['no card was tried again: the bank was too kind']),
    ...outcome.reports.flatMap((report) => problemOfReport(outcome, report)),
    ...outcome.stock.flatMap((level) => problemOfStock(outcome, level)),
    ...problemsOfJobs(outcome),
  ];
}

function problemOfOrder({ id, card, status, steps }: OrderView): string[] {
  const expected = card === 'tok_stolen' ? 'refused' : 'shipped';
  if (status !== expected) return [`order ${id} is ${status}, not ${expected}`];
  const done = steps.filter((step) => step.status === 'successful').length;
  if (status === 'shipped' && done !== STEPS)
    return [`order ${id} is shipped with ${done} of ${STEPS} steps done`];
  return [];
}

function problemOfReport(outcome: Outcome, { regions, result }: DemoReport): string[] {
  const sold = soldCents(outcome, regions);
  if (result?.totalCents === sold) return [];
  return [`the report says ${result?.totalCents} cents, the shipped orders ${sold}`];
}

function problemOfStock(outcome: Outcome, { sku, stocked, left }: StockLevel): string[] {
  const sold = shipped(outcome)
    .flatMap(({ lines }) => lines)
    .filter((line) => line.sku === sku)
    .reduce((sum, { quantity }) => sum + quantity, 0);
  if (left === stocked - sold) return [];
  return [`${left} x ${sku} left, of ${stocked} and ${sold} sold`];
}

function problemsOfJobs(outcome: Outcome): string[] {
  const expected = [
    ['queued', 0],
    ['processing', 0],
    ['retrying', 0],
    ['failed', refused(outcome).length],
    ['cancelled', 0],
    ['successful', successfulJobs(outcome)],
  ] as const;
  return expected.flatMap(([status, count]) => {
    const found = jobsOf(outcome, status);
    return found === count ? [] : [`${found} jobs are ${status}, not ${count}`];
  });
}

/** A job that was recorded twice, or not at all, shows in the sum. */
function successfulJobs(outcome: Outcome): number {
  const parts = outcome.reports.map(({ regions }) => regions.length + 1); // and the one that adds up
  return (
    shipped(outcome).length * JOBS_OF_SHIPPED +
    refused(outcome).length * JOBS_OF_REFUSED +
    parts.reduce((sum, count) => sum + count, 0)
  );
}
