import type { Findings } from '../harness/findings.js';
import { startNats } from '../harness/nats-server.js';
import type { Part } from '../harness/section.js';
import { decimal, table, whole } from '../harness/table.js';
import { backlogRate } from '../served/backlog-rate.js';
import { bare, bareWithoutReadAhead } from '../served/contenders/bare.js';
import type { Contender } from '../served/contenders/contender.js';
import { tasqueue, tasqueueWithoutReadAhead } from '../served/contenders/tasqueue.js';
import { handlerNamed } from '../served/handlers.js';

const CONCURRENCIES = [1, 10, 100];

/** Each with the ceiling that asks for as many at once. */
const PAIRS = [
  { contender: tasqueue, ceiling: bare },
  { contender: tasqueueWithoutReadAhead, ceiling: bareWithoutReadAhead },
];

const nameOf = (concurrency: number, { name }: Contender): string =>
  `process, concurrency ${concurrency}, ${name}`;

export const throughput: Part = {
  name: 'throughput',
  measurements: CONCURRENCIES.flatMap((concurrency) =>
    PAIRS.flatMap(({ contender, ceiling }) => [contender, ceiling]).map((each) => ({
      name: nameOf(concurrency, each),
      server: startNats,
      async measure({ quick, serverUrl: url }) {
        const handle = handlerNamed('no-op');
        return backlogRate(await each.open({ url, concurrency, handle }), quick);
      },
    })),
  ),
  tables: (findings) => [throughputTable(findings)],
};

function throughputTable(findings: Findings): string {
  const rate = (concurrency: number, of: Contender) =>
    findings.of(nameOf(concurrency, of), 'perSecond');
  const rows = CONCURRENCIES.flatMap((concurrency) =>
    PAIRS.flatMap(({ contender, ceiling }) =>
      [contender, ceiling].map((each) => {
        const { median, least, most } = rate(concurrency, each);
        const share = median / rate(concurrency, ceiling).median;
        const cells = [...[median, least, most].map(whole), decimal(share, 2)];
        return [`concurrency ${concurrency}`, each.name, ...cells];
      }),
    ),
  );
  return table(
    'Processed per second: a backlog of no-op jobs waits; from the start of the workers to the last result; bare: pulled and acknowledged',
    ['', '', 'jobs/s', 'least', 'most', 'x bare'],
    rows,
  );
}
