import type { Figures } from '../harness/figures.js';
import type { Findings } from '../harness/findings.js';
import { startRedis } from '../harness/redis-server.js';
import type { MeasureOptions, Part } from '../harness/section.js';
import { decimal, table, whole } from '../harness/table.js';
import { backlogRate } from '../served/backlog-rate.js';
import type { Contender, ServedQueue } from '../served/contenders/contender.js';
import { bullmq, CONTENDERS } from '../served/contenders/contenders.js';
import { type HandlerName, handlerNamed } from '../served/handlers.js';
import { RemoteQueue } from '../served/workers/remote-queue.js';

interface Case {
  readonly name: string;
  readonly handler: HandlerName;
  readonly concurrency: number;
  /** Worker processes beside the one that measures; none: it works itself. */
  readonly processes?: number;
  /** Of Redis. */
  readonly settings?: readonly string[];
}

/** Whatever was answered is on the disk. */
const ALWAYS = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'always'];

const CASES: readonly Case[] = [
  { name: 'no-op, concurrency 1', handler: 'no-op', concurrency: 1 },
  { name: 'no-op, concurrency 10', handler: 'no-op', concurrency: 10 },
  { name: 'no-op, concurrency 100', handler: 'no-op', concurrency: 100 },
  { name: 'of 5 ms, concurrency 100', handler: 'of 5 ms', concurrency: 100 },
  { name: 'no-op, 2 processes of 10', handler: 'no-op', concurrency: 10, processes: 2 },
  { name: 'no-op, 10, AOF always', handler: 'no-op', concurrency: 10, settings: ALWAYS },
];

async function open(
  { handler, concurrency, processes = 0 }: Case,
  contender: Contender,
  url: string,
): Promise<ServedQueue> {
  return processes === 0
    ? contender.open({ url, concurrency, handle: handlerNamed(handler) })
    : RemoteQueue.open({ contender: contender.name, url, concurrency, handler }, processes);
}

async function measure(
  each: Case,
  contender: Contender,
  { quick, serverUrl }: MeasureOptions,
): Promise<Figures> {
  return backlogRate(await open(each, contender, serverUrl), quick);
}

const nameOf = ({ name }: Case, contender: Contender): string =>
  `process ${name}, ${contender.name}`;

export const throughput: Part = {
  name: 'throughput',
  measurements: CASES.flatMap((each) =>
    CONTENDERS.map((contender) => ({
      name: nameOf(each, contender),
      server: () => startRedis(each.settings),
      measure: (options) => measure(each, contender, options),
    })),
  ),
  tables: (findings) => [throughputTable(findings)],
};

function throughputTable(findings: Findings): string {
  const rate = (each: Case, contender: Contender) =>
    findings.of(nameOf(each, contender), 'perSecond');
  const rows = CASES.flatMap((each) =>
    CONTENDERS.map((contender) => {
      const { median, least, most } = rate(each, contender);
      const ratio = median / rate(each, bullmq).median;
      return [each.name, contender.name, ...[median, least, most].map(whole), decimal(ratio, 2)];
    }),
  );
  return table(
    'Processed per second: a backlog waits; from the start of the workers to the last result',
    ['', '', 'jobs/s', 'least', 'most', 'x bullmq'],
    rows,
  );
}
