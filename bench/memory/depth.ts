import type { MemoryBroker } from 'nestjs-tasqueue';
import type { Findings } from '../harness/findings.js';
import type { Measurement } from '../harness/section.js';
import { rateOf, taken } from '../harness/stopwatch.js';
import { decimal, table, whole } from '../harness/table.js';
import type { TasqueueApp } from './contenders/tasqueue-app.js';
import { ordersOf } from './order.js';

const FULL = { depths: [0, 100_000, 1_000_000], jobs: 50_000 };
const QUICK = { depths: FULL.depths.map((depth) => depth / 1_000), jobs: 100 };
const MANY = 1_000;
/** Claimed by one call, which settles those of the call before. */
const CLAIMED = 100;
const SESSION = 'bench';

const NAME = 'depth';
const enqueueFigure = (index: number): string => `enqueue ${index}`;
const claimFigure = (index: number): string => `claim ${index}`;

async function addMany(app: TasqueueApp, count: number): Promise<void> {
  for (let added = 0; added < count; added += MANY)
    await app.addMany(ordersOf(Math.min(MANY, count - added)));
}

/** As a worker does it, straight at the broker. */
async function claimAndSettle(broker: MemoryBroker, queue: string, count: number): Promise<void> {
  const claims = [{ queue, slots: CLAIMED, ahead: 0 }];
  let settle: { kind: 'ack'; receipt: string }[] = [];
  for (let claimed = 0; claimed <= count; claimed += CLAIMED) {
    const { deliveries } = await broker.work({
      session: SESSION,
      settle,
      started: [],
      claims: claimed < count ? claims : [],
      waitMs: 0,
    });
    settle = deliveries.map(({ receipt }) => ({ kind: 'ack', receipt }));
  }
}

export const depthMeasurement: Measurement = {
  name: NAME,
  async measure({ quick }) {
    const { QUEUE, TasqueueApp } = await import('./contenders/tasqueue-app.js');
    const { depths, jobs } = quick ? QUICK : FULL;
    const app = await TasqueueApp.open({ concurrency: 1 });
    const { broker } = app;
    const info = { session: SESSION, leaseMs: 60_000, host: 'bench', pid: 1, queues: [QUEUE] };
    await broker.open(info);
    const claim = (): Promise<void> => claimAndSettle(broker, QUEUE, jobs);
    await addMany(app, jobs);
    await claim();
    const figures: Record<string, number> = {};
    for (const [index, depth] of depths.entries()) {
      const { waiting } = await broker.inspect.counts(QUEUE);
      await addMany(app, depth - waiting);
      const enqueued = rateOf(jobs, await taken(() => addMany(app, jobs)));
      const claimed = rateOf(jobs, await taken(claim));
      figures[enqueueFigure(index)] = 1_000_000 / enqueued.perSecond;
      figures[claimFigure(index)] = 1_000_000 / claimed.perSecond;
    }
    await broker.leave(SESSION);
    await app.close();
    return figures;
  },
};

export function depthTable(findings: Findings): string {
  const rows = FULL.depths.map((depth, index) => {
    const cells = [enqueueFigure(index), claimFigure(index)].flatMap((figure) => {
      const { median, least, most } = findings.of(NAME, figure);
      return [median, least, most].map((micros) => decimal(micros, 2));
    });
    return [whole(depth), ...cells];
  });
  return table(
    'Microseconds per job while so many others wait: enqueue (by enqueueMany), and claim and settle at the broker',
    ['waiting', 'enqueue', 'least', 'most', 'claim', 'least', 'most'],
    rows,
  );
}
