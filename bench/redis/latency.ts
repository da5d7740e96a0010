import { setTimeout as sleep } from 'node:timers/promises';
import { addBacklog } from '../contenders/open-queue.js';
import type { Figures } from '../harness/figures.js';
import type { Findings } from '../harness/findings.js';
import { percentile } from '../harness/percentile.js';
import { startRedis } from '../harness/redis-server.js';
import type { MeasureOptions, Part } from '../harness/section.js';
import { decimal, table, whole } from '../harness/table.js';
import type { Contender } from './contenders/contender.js';
import { bullmq, PRODUCERS } from './contenders/contenders.js';
import { stamped } from './stamp.js';
import { RemoteQueue } from './workers/remote-queue.js';

interface Load {
  readonly perSecond: number;
  readonly concurrency: number;
}

const LOADS: readonly Load[] = [
  { perSecond: 200, concurrency: 10 },
  { perSecond: 5_000, concurrency: 50 },
];
const FULL = { warmUpJobs: 3_000, warmUpSeconds: 1, seconds: 5 };
const QUICK = { warmUpJobs: 100, warmUpSeconds: 0, seconds: 0.2 };
const SHARES = { p50: 0.5, p99: 0.99 };

/** At this rate, whatever becomes of what was sent: nothing waits for an answer. */
async function send(queue: RemoteQueue, perSecond: number, seconds: number): Promise<void> {
  const accepted: Promise<void>[] = [];
  const begin = performance.now();
  while (accepted.length < perSecond * seconds) {
    const due = ((performance.now() - begin) / 1_000) * perSecond;
    while (accepted.length < Math.min(due, perSecond * seconds))
      accepted.push(queue.addOne(stamped(accepted.length)));
    await sleep(1);
  }
  await Promise.all(accepted);
  await queue.ended();
}

async function measure(
  { perSecond, concurrency }: Load,
  { name: contender }: Contender,
  { quick, serverUrl: url }: MeasureOptions,
): Promise<Figures> {
  const { warmUpJobs, warmUpSeconds, seconds } = quick ? QUICK : FULL;
  const handler = 'that notes delays';
  const queue = await RemoteQueue.open({ contender, url, concurrency, handler }, 1);
  await addBacklog(queue, warmUpJobs);
  await queue.start();
  await queue.ended();
  await send(queue, perSecond, warmUpSeconds);
  await queue.delaysMs();
  await send(queue, perSecond, seconds);
  const delaysMs = (await queue.delaysMs()).sort((a, b) => a - b);
  await queue.stop();
  await queue.close();
  return Object.fromEntries(
    Object.entries(SHARES).map(([name, share]) => [name, percentile(delaysMs, share)]),
  );
}

const nameOf = ({ perSecond }: Load, { name }: Contender): string =>
  `latency at ${perSecond}/s, ${name}`;

export const latency: Part = {
  name: 'latency',
  measurements: LOADS.flatMap((load) =>
    PRODUCERS.map((contender) => ({
      name: nameOf(load, contender),
      server: startRedis,
      measure: (options) => measure(load, contender, options),
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
