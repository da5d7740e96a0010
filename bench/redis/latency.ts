import type { Findings } from '../harness/findings.js';
import { startRedis } from '../harness/redis-server.js';
import { SHARES } from '../harness/percentile.js';
import type { Part } from '../harness/section.js';
import { decimal, table, whole } from '../harness/table.js';
import type { Contender } from '../served/contenders/contender.js';
import { bullmq, PRODUCERS } from '../served/contenders/contenders.js';
import { latencyAt, type Load } from '../served/latency.js';

const LOADS: readonly Load[] = [
  { perSecond: 200, concurrency: 10 },
  { perSecond: 5_000, concurrency: 50 },
];

const nameOf = ({ perSecond }: Load, { name }: Contender): string =>
  `latency at ${perSecond}/s, ${name}`;

export const latency: Part = {
  name: 'latency',
  measurements: LOADS.flatMap((load) =>
    PRODUCERS.map((contender) => ({
      name: nameOf(load, contender),
      server: startRedis,
      measure: (options) => latencyAt(load, contender, options),
    })),
  ),
  tables: (findings) => [latencyTable(findings)],
};

function latencyTable(findings: Findings): string {
  const rows = LOADS.flatMap((load) =>
    PRODUCERS.map((contender) => {
      const cells = Object.keys(SHARES).flatMap((share) => {
        const { median, least, most } = findings.of(nameOf(load, contender), share);
        const ratio = median / findings.of(nameOf(load, bullmq), share).median;
        return [median, least, most, ratio].map((value) => decimal(value, 2));
      });
      return [
        `${whole(load.perSecond)}/s, concurrency ${load.concurrency}`,
        contender.name,
        ...cells,
      ];
    }),
  );
  const columns = Object.keys(SHARES).flatMap((share) => [share, 'least', 'most', 'x bullmq']);
  return table(
    'Milliseconds from the call of enqueue in one process to the handler in another',
    ['', '', ...columns],
    rows,
  );
}
