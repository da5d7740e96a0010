import { addBacklog } from '../contenders/open-queue.js';
import type { Figures } from '../harness/figures.js';
import type { Findings } from '../harness/findings.js';
import { startRedis } from '../harness/redis-server.js';
import type { MeasureOptions, Part } from '../harness/section.js';
import { decimal, table, whole } from '../harness/table.js';
import type { Contender } from '../served/contenders/contender.js';
import { bullmq, PRODUCERS } from '../served/contenders/contenders.js';
import { handlerNamed } from '../served/handlers.js';
import { RedisMeter } from './redis-meter.js';

/** So many, and Redis is asked so often whether it has settled. */
const FULL = { jobs: 100_000, answers: 10 };
const QUICK = { jobs: 1_000, answers: 2 };
/** Before: what is there once, and not per job. */
const WARM_UP = 1_000;
const CONCURRENCY = 100;
const STATES = ['waiting', 'finished'];

/** Waiting jobs first; then the same ones, finished. */
async function measure(
  contender: Contender,
  { quick, serverUrl: url }: MeasureOptions,
): Promise<Figures> {
  const { jobs, answers } = quick ? QUICK : FULL;
  const handle = handlerNamed('no-op');
  const queue = await contender.open({ url, concurrency: CONCURRENCY, handle });
  const meter = new RedisMeter(url);
  const process = async (): Promise<void> => {
    await queue.start();
    await queue.ended();
    await queue.stop();
  };
  await addBacklog(queue, WARM_UP);
  await process();
  const before = await meter.settledBytes(answers);
  await addBacklog(queue, jobs);
  const waiting = (await meter.settledBytes(answers)) - before;
  await process();
  const finished = (await meter.settledBytes(answers)) - before;
  await meter.close();
  await queue.close();
  return { waiting: waiting / jobs, finished: finished / jobs };
}

const nameOf = ({ name }: Contender): string => `footprint, ${name}`;

export const footprint: Part = {
  name: 'footprint',
  measurements: PRODUCERS.map((contender) => ({
    name: nameOf(contender),
    server: startRedis,
    measure: (options) => measure(contender, options),
  })),
  tables: (findings) => [footprintTable(findings)],
};

function footprintTable(findings: Findings): string {
  const rows = PRODUCERS.map((contender) => [
    contender.name,
    ...STATES.flatMap((state) => {
      const bytes = findings.of(nameOf(contender), state).median;
      return [whole(bytes), decimal(bytes / findings.of(nameOf(bullmq), state).median, 2)];
    }),
  ]);
  return table(
    `Bytes of Redis per job, of ${whole(FULL.jobs)}`,
    ['', ...STATES.flatMap((state) => [state, 'x bullmq'])],
    rows,
  );
}
