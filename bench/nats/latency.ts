import type { Findings } from '../harness/findings.js';
import { startNats } from '../harness/nats-server.js';
import { SHARES } from '../harness/percentile.js';
import type { Part } from '../harness/section.js';
import { decimal, table, whole } from '../harness/table.js';
import { bareWithoutReadAhead } from '../served/contenders/bare.js';
import type { Contender } from '../served/contenders/contender.js';
import { tasqueue } from '../served/contenders/tasqueue.js';
import { latencyAt, type Load } from '../served/latency.js';

const LOAD: Load = { perSecond: 1_000, concurrency: 10 };
const CONTENDERS: readonly Contender[] = [tasqueue, bareWithoutReadAhead];

const nameOf = ({ name }: Contender): string => `latency, ${name}`;

export const latency: Part = {
  name: 'latency',
  measurements: CONTENDERS.map((contender) => ({
    name: nameOf(contender),
    server: startNats,
    measure: (options) => latencyAt(LOAD, contender, options),
  })),
  tables: (findings) => [latencyTable(findings)],
};

function latencyTable(findings: Findings): string {
  const rows = CONTENDERS.map((contender) => [
    contender.name,
    ...Object.keys(SHARES).flatMap((share) => {
      const { median, least, most } = findings.of(nameOf(contender), share);
      const ratio = median / findings.of(nameOf(bareWithoutReadAhead), share).median;
      return [median, least, most, ratio].map((value) => decimal(value, 2));
    }),
  ]);
  const { perSecond, concurrency } = LOAD;
  const columns = Object.keys(SHARES).flatMap((share) => [share, 'least', 'most', 'x bare']);
  return table(
    `Milliseconds from the call of enqueue in one process to the handler in another, at ${whole(perSecond)}/s, concurrency ${concurrency}`,
    ['', ...columns],
    rows,
  );
}
