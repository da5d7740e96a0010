import type { Findings } from '../harness/findings.js';
import type { Measurement } from '../harness/section.js';
import { rateOf, taken } from '../harness/stopwatch.js';
import { decimal, table, whole } from '../harness/table.js';
import type { TasqueueApp } from './contenders/tasqueue-app.js';
import { ordersOf, type Order } from './order.js';

const FULL = 50_000;
const QUICK = 500;
const IN_FLIGHT = 100;
const MANY = 1_000;

type Enqueue = (app: TasqueueApp, orders: readonly Order[]) => Promise<void>;

const WAYS: Readonly<Record<string, Enqueue>> = {
  'one awaited after the other': async (app, orders) => {
    for (const order of orders) await app.addOne(order);
  },
  [`${IN_FLIGHT} in flight`]: async (app, orders) => {
    const left = orders.values();
    const callers = Array.from({ length: IN_FLIGHT }, async () => {
      for (const order of left) await app.addOne(order);
    });
    await Promise.all(callers);
  },
  [`enqueueMany of ${whole(MANY)}`]: async (app, orders) => {
    for (let from = 0; from < orders.length; from += MANY)
      await app.addMany(orders.slice(from, from + MANY));
  },
};

const nameOf = (way: string): string => `enqueue, ${way}`;

export const enqueueMeasurements: readonly Measurement[] = Object.entries(WAYS).map(
  ([way, enqueue]) => ({
    name: nameOf(way),
    async measure({ quick }) {
      const { TasqueueApp } = await import('./contenders/tasqueue-app.js');
      const count = quick ? QUICK : FULL;
      const app = await TasqueueApp.open({ concurrency: 1 });
      await enqueue(app, ordersOf(count));
      const orders = ordersOf(count);
      const figures = rateOf(count, await taken(() => enqueue(app, orders)));
      await app.close();
      return figures;
    },
  }),
);

export function enqueueTable(findings: Findings): string {
  const rows = Object.keys(WAYS).map((way) => {
    const { median, least, most } = findings.of(nameOf(way), 'perSecond');
    const cpu = findings.of(nameOf(way), 'cpuMicros').median;
    return [way, whole(median), whole(least), whole(most), decimal(cpu, 1)];
  });
  return table(
    'Enqueued per second, no worker running',
    ['Tasqueue', 'jobs/s', 'least', 'most', 'CPU us/job'],
    rows,
  );
}
