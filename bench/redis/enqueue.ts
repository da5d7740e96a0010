import { WAYS } from '../contenders/enqueueing.js';
import type { Findings } from '../harness/findings.js';
import { startRedis } from '../harness/redis-server.js';
import type { Part } from '../harness/section.js';
import { decimal, table, whole } from '../harness/table.js';
import { bullmq, PRODUCERS } from '../served/contenders/contenders.js';
import { enqueueRate } from '../served/enqueue-rate.js';
import { openPing } from './ping.js';

const CONTENDERS = [...PRODUCERS, { name: 'PING', open: openPing }];

const nameOf = (way: string, { name }: { readonly name: string }): string =>
  `enqueue, ${way}, ${name}`;

/** PING is no queue but the ceiling: what this driver, Redis and machine can do at all. */
export const enqueue: Part = {
  name: 'enqueue',
  measurements: Object.entries(WAYS).flatMap(([way, hand]) =>
    CONTENDERS.map((contender) => ({
      name: nameOf(way, contender),
      server: startRedis,
      measure: (options) => enqueueRate(hand, contender, options),
    })),
  ),
  tables: (findings) => [enqueueTable(findings)],
};

function enqueueTable(findings: Findings): string {
  const rows = Object.keys(WAYS).flatMap((way) =>
    CONTENDERS.map((contender) => {
      const { median, least, most } = findings.of(nameOf(way, contender), 'perSecond');
      const cpu = findings.of(nameOf(way, contender), 'cpuMicros').median;
      const ratio = median / findings.of(nameOf(way, bullmq), 'perSecond').median;
      const rates = [median, least, most].map(whole);
      return [way, contender.name, ...rates, decimal(cpu, 1), decimal(ratio, 2)];
    }),
  );
  return table(
    'Enqueued per second, no worker running',
    ['', '', 'jobs/s', 'least', 'most', 'CPU us/job', 'x bullmq'],
    rows,
  );
}
