import { addBacklog } from '../contenders/open-queue.js';
import type { Figures } from '../harness/figures.js';
import type { Findings } from '../harness/findings.js';
import { rateWhenWarm } from '../harness/growing-rounds.js';
import { startRedis } from '../harness/redis-server.js';
import type { MeasureOptions, Part } from '../harness/section.js';
import { taken } from '../harness/stopwatch.js';
import { decimal, table } from '../harness/table.js';
import { CommandCount } from './command-count.js';
import type { Contender, ServedQueue } from '../served/contenders/contender.js';
import { bullmq, CONTENDERS } from '../served/contenders/contenders.js';
import { handlerNamed } from '../served/handlers.js';
import { RedisMeter } from './redis-meter.js';
import { RemoteQueue } from '../served/workers/remote-queue.js';

const CONCURRENCY = 10;
const FULL = 20_000;
const QUICK = 200;

async function processBacklog(queue: ServedQueue): Promise<void> {
  await queue.start();
  await queue.ended();
}

/** Processor time per processed job: of this process, and of Redis. */
async function processorTime(
  contender: Contender,
  { quick, serverUrl: url }: MeasureOptions,
): Promise<Figures> {
  const handle = handlerNamed('no-op');
  const queue = await contender.open({ url, concurrency: CONCURRENCY, handle });
  const meter = new RedisMeter(url);
  let redisMicros = 0;
  const { cpuMicros = 0 } = await rateWhenWarm(quick, async (count) => {
    await addBacklog(queue, count);
    const before = await meter.cpuSeconds();
    const time = await taken(() => processBacklog(queue));
    redisMicros = (((await meter.cpuSeconds()) - before) / count) * 1_000_000;
    await queue.stop();
    return time;
  });
  await meter.close();
  await queue.close();
  return { cpuMicros, redisMicros };
}

/** Commands per processed job. The workers have a process of their own, which is not slowed by the counting. */
async function commands(
  { name: contender }: Contender,
  { quick, serverUrl: url }: MeasureOptions,
): Promise<Figures> {
  const jobs = quick ? QUICK : FULL;
  const settings = { contender, url, concurrency: CONCURRENCY, handler: 'no-op' } as const;
  const queue = await RemoteQueue.open(settings, 1);
  await addBacklog(queue, jobs);
  const count = await CommandCount.begin(url);
  await processBacklog(queue);
  await queue.stop();
  const { sent, inScripts } = count.commands;
  count.end();
  await queue.close();
  return { sent: sent / jobs, inScripts: inScripts / jobs };
}

const timeOf = ({ name }: Contender): string => `processor time, ${name}`;
const commandsOf = ({ name }: Contender): string => `commands, ${name}`;

export const cost: Part = {
  name: 'cost',
  measurements: CONTENDERS.flatMap((contender) => [
    {
      name: timeOf(contender),
      server: startRedis,
      measure: (options) => processorTime(contender, options),
    },
    {
      name: commandsOf(contender),
      server: startRedis,
      measure: (options) => commands(contender, options),
    },
  ]),
  tables: (findings) => [costTable(findings)],
};

function costTable(findings: Findings): string {
  const rows = CONTENDERS.map((contender) => {
    const redisOf = (of: Contender) => findings.of(timeOf(of), 'redisMicros').median;
    const worker = findings.of(timeOf(contender), 'cpuMicros').median;
    const sent = findings.of(commandsOf(contender), 'sent').median;
    const inScripts = findings.of(commandsOf(contender), 'inScripts').median;
    return [
      contender.name,
      decimal(redisOf(contender), 1),
      decimal(redisOf(contender) / redisOf(bullmq), 2),
      ...[sent, inScripts, sent + inScripts].map((count) => decimal(count, 2)),
      decimal(worker, 1),
    ];
  });
  return table(
    `Per processed job, no-op, concurrency ${CONCURRENCY}: microseconds of processor time, and commands`,
    ['', 'Redis us', 'x bullmq', 'sent', 'in scripts', 'in all', 'worker us'],
    rows,
  );
}
