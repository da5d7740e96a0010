import type { Findings } from '../harness/findings.js';
import type { Figures } from '../harness/figures.js';
import { heapBytes } from '../harness/heap.js';
import type { Part } from '../harness/section.js';
import { table, whole } from '../harness/table.js';
import type { Contender } from './contenders/contender.js';
import { fastq } from './contenders/fastq.js';
import { pQueue } from './contenders/p-queue.js';
import { tasqueue } from './contenders/tasqueue.js';
import { ordersOf } from '../contenders/order.js';

const CONTENDERS = [tasqueue, pQueue, fastq];
const FULL = 100_000;
const QUICK = 1_000;
const AT_ONCE = 100;
const CONCURRENCY = 10;

/** Waiting jobs first; then the same ones, finished. Code is compiled and caches are filled before. */
async function measure(contender: Contender, jobs: number): Promise<Figures> {
  const queue = await contender.open(CONCURRENCY);
  const add = async (): Promise<void> => {
    for (let added = 0; added < jobs; added += AT_ONCE) await queue.add(ordersOf(AT_ONCE));
  };
  const process = async (): Promise<void> => {
    await queue.start();
    await queue.ended();
    await queue.stop();
  };
  await add();
  await process();
  const before = await heapBytes();
  await add();
  const waiting = (await heapBytes()) - before;
  await process();
  const finished = (await heapBytes()) - before;
  await queue.close();
  return { waiting: waiting / jobs, finished: finished / jobs };
}

const nameOf = ({ name }: Contender): string => `heap, ${name}`;

export const heap: Part = {
  name: 'heap',
  measurements: CONTENDERS.map((contender) => ({
    name: nameOf(contender),
    measure: async ({ quick }) => measure(contender, quick ? QUICK : FULL),
  })),
  tables: (findings) => [heapTable(findings)],
};

function heapTable(findings: Findings): string {
  const rows = CONTENDERS.map((contender) => [
    contender.name,
    ...['waiting', 'finished'].map((state) =>
      // Less than nothing is the noise of the collector.
      whole(Math.max(0, findings.of(nameOf(contender), state).median)),
    ),
  ]);
  return table(
    `Bytes of heap and buffers per job, of ${whole(FULL)}`,
    ['', 'waiting', 'finished'],
    rows,
  );
}
