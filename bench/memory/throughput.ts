import type { Figures } from '../harness/figures.js';
import type { Findings } from '../harness/findings.js';
import type { Part } from '../harness/section.js';
import { rateOf, taken } from '../harness/stopwatch.js';
import { decimal, table, whole } from '../harness/table.js';
import { addBacklog } from '../contenders/open-queue.js';
import { ordersOf, type Order } from '../contenders/order.js';
import type { Contender, MemoryQueue } from './contenders/contender.js';
import { fastq } from './contenders/fastq.js';
import { pQueue } from './contenders/p-queue.js';
import { tasqueue, tasqueueWithoutReadAhead } from './contenders/tasqueue.js';

const CONCURRENCIES = [1, 10, 100];
const CONTENDERS: readonly Contender[] = [tasqueue, tasqueueWithoutReadAhead, pQueue, fastq];
const PEERS = [pQueue, fastq];

const FULL = { jobs: 50_000, warmUps: 2 };
const QUICK = { jobs: 500, warmUps: 0 };

interface Mode {
  readonly name: string;
  readonly title: (jobs: number) => string;
  /** Before the clock runs, and while it does. */
  readonly prepare: (queue: MemoryQueue, orders: readonly Order[]) => Promise<void>;
  readonly run: (queue: MemoryQueue, orders: readonly Order[]) => Promise<void>;
}

const MODES: readonly Mode[] = [
  {
    name: 'backlog',
    title: (jobs) =>
      `Processed per second: ${whole(jobs)} no-op jobs wait; from the start of the workers to the last result`,
    prepare: (queue, orders) => addBacklog(queue, orders.length),
    async run(queue) {
      await queue.start();
      await queue.ended();
    },
  },
  {
    name: 'end to end',
    title: (jobs) =>
      `End to end: ${whole(jobs)} no-op jobs handed in at once, by a call each; from the first call to the last result`,
    prepare: (queue) => queue.start(),
    async run(queue, orders) {
      await queue.add(orders);
      await queue.ended();
    },
  },
];

async function measure(
  { prepare, run }: Mode,
  queue: MemoryQueue,
  { jobs, warmUps }: typeof FULL,
): Promise<Figures> {
  const round = async (): Promise<Figures> => {
    const orders = ordersOf(jobs);
    await prepare(queue, orders);
    const figures = rateOf(jobs, await taken(() => run(queue, orders)));
    await queue.stop();
    return figures;
  };
  for (let warmUp = 0; warmUp < warmUps; warmUp += 1) await round();
  const figures = await round();
  await queue.close();
  return figures;
}

const nameOf = (mode: Mode, concurrency: number, { name }: Contender): string =>
  `${mode.name}, concurrency ${concurrency}, ${name}`;

export const throughput: Part = {
  name: 'throughput',
  measurements: MODES.flatMap((mode) =>
    CONCURRENCIES.flatMap((concurrency) =>
      CONTENDERS.map((contender) => ({
        name: nameOf(mode, concurrency, contender),
        measure: async ({ quick }) =>
          measure(mode, await contender.open(concurrency), quick ? QUICK : FULL),
      })),
    ),
  ),
  tables: throughputTables,
};

function throughputTables(findings: Findings): string[] {
  return MODES.map((mode) => {
    const rows = CONCURRENCIES.flatMap((concurrency) =>
      CONTENDERS.map((contender) => rowOf(findings, mode, concurrency, contender)),
    );
    const header = ['concurrency', '', 'jobs/s', 'least', 'most', 'CPU us/job'];
    return table(mode.title(FULL.jobs), [...header, ...PEERS.map(({ name }) => `x ${name}`)], rows);
  });
}

function rowOf(
  findings: Findings,
  mode: Mode,
  concurrency: number,
  contender: Contender,
): string[] {
  const rate = (of: Contender) => findings.of(nameOf(mode, concurrency, of), 'perSecond');
  const { median, least, most } = rate(contender);
  const cpu = findings.of(nameOf(mode, concurrency, contender), 'cpuMicros').median;
  return [
    String(concurrency),
    contender.name,
    whole(median),
    whole(least),
    whole(most),
    decimal(cpu, 1),
    ...PEERS.map((peer) => decimal(median / rate(peer).median, 2)),
  ];
}
