import { WAYS } from '../contenders/enqueueing.js';
import type { Findings } from '../harness/findings.js';
import { startNats } from '../harness/nats-server.js';
import type { Part } from '../harness/section.js';
import { decimal, table, whole } from '../harness/table.js';
import { bare } from '../served/contenders/bare.js';
import { tasqueue } from '../served/contenders/tasqueue.js';
import { enqueueRate } from '../served/enqueue-rate.js';

const CONTENDERS = [tasqueue, bare];

const nameOf = (way: string, { name }: { readonly name: string }): string =>
  `enqueue, ${way}, ${name}`;

export const enqueue: Part = {
  name: 'enqueue',
  measurements: Object.entries(WAYS).flatMap(([way, hand]) =>
    CONTENDERS.map((contender) => ({
      name: nameOf(way, contender),
      server: startNats,
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
      const share = median / findings.of(nameOf(way, bare), 'perSecond').median;
      const rates = [median, least, most].map(whole);
      return [way, contender.name, ...rates, decimal(cpu, 1), decimal(share, 2)];
    }),
  );
  return table(
    'Enqueued per second, no worker running; bare: one message published for each, and answered',
    ['', '', 'jobs/s', 'least', 'most', 'CPU us/job', 'x bare'],
    rows,
  );
}
