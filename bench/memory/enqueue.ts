import { WAYS } from '../contenders/enqueueing.js';
import { ordersOf } from '../contenders/order.js';
import type { Findings } from '../harness/findings.js';
import type { Part } from '../harness/section.js';
import { rateOf, taken } from '../harness/stopwatch.js';
import { decimal, table, whole } from '../harness/table.js';

const FULL = 50_000;
const QUICK = 500;

const nameOf = (way: string): string => `enqueue, ${way}`;

export const enqueue: Part = {
  name: 'enqueue',
  measurements: Object.entries(WAYS).map(([way, hand]) => ({
    name: nameOf(way),
    async measure({ quick }) {
      const { TasqueueApp } = await import('../contenders/tasqueue-app.js');
      const count = quick ? QUICK : FULL;
      const app = await TasqueueApp.open({ concurrency: 1 });
      await hand(app, ordersOf(count));
      const orders = ordersOf(count);
      const figures = rateOf(count, await taken(() => hand(app, orders)));
      await app.close();
      return figures;
    },
  })),
  tables: (findings) => [enqueueTable(findings)],
};

function enqueueTable(findings: Findings): string {
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
