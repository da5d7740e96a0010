import type { Findings } from '../harness/findings.js';
import type { Measurement, Part } from '../harness/section.js';
import { rateOf, taken } from '../harness/stopwatch.js';
import { decimal, table, whole } from '../harness/table.js';
import { claimAndSettle, sessionOn } from '../contenders/claiming.js';
import { addBacklog } from '../contenders/open-queue.js';

const FULL = { depths: [0, 100_000, 1_000_000], jobs: 50_000 };
const QUICK = { depths: FULL.depths.map((count) => count / 1_000), jobs: 100 };

const NAME = 'depth';
const enqueueFigure = (index: number): string => `enqueue ${index}`;
const claimFigure = (index: number): string => `claim ${index}`;

const measurement: Measurement = {
  name: NAME,
  async measure({ quick }) {
    const [{ MemoryBroker }, { QUEUE, TasqueueApp }] = await Promise.all([
      import('nestjs-tasqueue'),
      import('../contenders/tasqueue-app.js'),
    ]);
    const { depths, jobs } = quick ? QUICK : FULL;
    const broker = new MemoryBroker();
    const app = await TasqueueApp.open({ broker, concurrency: 1 });
    const session = sessionOn(QUEUE);
    await broker.open(session);
    const claim = (): Promise<void> => claimAndSettle(broker, session, jobs);
    await addBacklog(app, jobs);
    await claim();
    const figures: Record<string, number> = {};
    for (const [index, count] of depths.entries()) {
      const { waiting } = await broker.inspect.counts(QUEUE);
      await addBacklog(app, count - waiting);
      const enqueued = rateOf(jobs, await taken(() => addBacklog(app, jobs)));
      const claimed = rateOf(jobs, await taken(claim));
      figures[enqueueFigure(index)] = 1_000_000 / enqueued.perSecond;
      figures[claimFigure(index)] = 1_000_000 / claimed.perSecond;
    }
    await broker.leave(session.session);
    await app.close();
    return figures;
  },
};

export const depth: Part = {
  name: 'depth',
  measurements: [measurement],
  tables: (findings) => [depthTable(findings)],
};

function depthTable(findings: Findings): string {
  const rows = FULL.depths.map((count, index) => {
    const cells = [enqueueFigure(index), claimFigure(index)].flatMap((figure) => {
      const { median, least, most } = findings.of(NAME, figure);
      return [median, least, most].map((micros) => decimal(micros, 2));
    });
    return [whole(count), ...cells];
  });
  return table(
    'Microseconds per job while so many others wait: enqueue (by enqueueMany), and claim and settle at the broker',
    ['waiting', 'enqueue', 'least', 'most', 'claim', 'least', 'most'],
    rows,
  );
}
