import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../sample-app/demo/outcome.js';
import { conclusion, summary } from '../../sample-app/demo/summary.js';
import { plain, toText } from '../../sample-app/demo/text.js';
import { problemsOf } from '../../sample-app/demo/verdict.js';
import type { OrderStep, OrderView } from '../../sample-app/orders/order-view.js';
import { counts } from './snapshots.js';

const TASKS = ['stock.reserve', 'payments.charge', 'invoices.make', 'mail.confirm'];

function step(task: string, status: OrderStep['status'] = 'successful'): OrderStep {
  const retried = task === 'payments.charge' ? 1 : 0;
  return { id: task, task, status, attempt: 1 + retried, retried, logs: [] };
}

const shippedOrder: OrderView = {
  id: 'a',
  customer: 'ada@example.com',
  card: 'tok_visa',
  region: 'north',
  lines: [{ sku: 'mug', quantity: 2 }],
  status: 'shipped',
  totalCents: 2_500,
  placedAt: new Date(0),
  steps: TASKS.map((task) => step(task)),
};

const refusedOrder: OrderView = {
  ...shippedOrder,
  id: 'b',
  card: 'tok_stolen',
  status: 'refused',
  steps: [step('stock.reserve'), step('payments.charge', 'failed')],
};

/** Two orders that went as they must. */
const good: Outcome = {
  orders: [shippedOrder, refusedOrder],
  stock: [{ sku: 'mug', stocked: 10, left: 8 }],
  queues: [counts('payments', { successful: 10, failed: 1 })],
  reports: [{ regions: ['north'], result: { orders: 1, totalCents: 2_500, regions: [] } }],
  elapsedMs: 2_000,
};

describe('the verdict of the demo', () => {
  it('finds nothing where all is as it must be', () => {
    expect(problemsOf(good)).toEqual([]);
  });

  it.each<[string, Partial<Outcome>, string]>([
    [
      'an order that never ended',
      { orders: [{ ...shippedOrder, status: 'open' }, refusedOrder] },
      'order a is open, not shipped',
    ],
    [
      'an order shipped with a step left out',
      { orders: [{ ...shippedOrder, steps: shippedOrder.steps.slice(0, 3) }, refusedOrder] },
      'order a is shipped with 3 of 4 steps done',
    ],
    [
      'a stolen card that was charged',
      { orders: [shippedOrder, { ...refusedOrder, status: 'shipped' }] },
      'order b is shipped, not refused',
    ],
    [
      'a bank that never declined',
      {
        orders: [{ ...shippedOrder, steps: TASKS.map((task) => ({ ...step(task), retried: 0 })) }],
      },
      'no card was tried again: the bank was too kind',
    ],
    [
      'a report that is missing',
      { reports: [{ regions: ['north'], result: undefined }] },
      'the report says undefined cents, the shipped orders 2500',
    ],
    [
      'a report over other regions than asked for',
      { reports: [{ regions: ['south'], result: { orders: 1, totalCents: 2_500, regions: [] } }] },
      'the report says 2500 cents, the shipped orders 0',
    ],
    [
      'stock that did not come back',
      { stock: [{ sku: 'mug', stocked: 10, left: 6 }] },
      '6 x mug left, of 10 and 2 sold',
    ],
    [
      'a job that is still there',
      { queues: [counts('payments', { failed: 1, retrying: 1 })] },
      '1 jobs are retrying, not 0',
    ],
    [
      'a job that was recorded twice',
      { queues: [counts('payments', { successful: 11, failed: 1 })] },
      '11 jobs are successful, not 10',
    ],
    [
      'a failure that is not in the counts',
      { queues: [counts('payments')] },
      '0 jobs are failed, not 1',
    ],
  ])('names %s', (_, change, problem) => {
    expect(problemsOf({ ...good, ...change })).toContain(problem);
  });
});

describe('the summary of the demo', () => {
  const texts = summary(good).map((line) => toText(line, Infinity, plain));

  it('tells what happened to the orders, the cards, the report and the jobs', () => {
    expect(texts).toEqual([
      'Orders shipped    1 of 2',
      'Cards retried     2 (declined 2 times)',
      'Refused for good  1 (stolen cards)',
      'Sales report      €25.00',
      'Shipped orders    €25.00',
      'Jobs successful   10',
      'Jobs failed       1',
      'Jobs cancelled    0',
      'Time              2.0 s',
    ]);
  });

  it('fits a terminal of 40 columns', () => {
    for (const text of texts) expect(text.length).toBeLessThanOrEqual(40);
  });

  it('ends with every problem, or with peace', () => {
    const told = (problems: string[]) => conclusion(problems).map((line) => line[0]?.text);
    expect(told([])).toEqual(['All is as it must be.']);
    expect(told(['one', 'two'])).toEqual(['Not as it must be:', '- one', '- two']);
  });
});
