import { afterAll, beforeAll, expect, it } from 'vitest';
import { MemoryResults } from '../../../../lib/adapters/memory/memory-results.js';
import { NatsBroker } from '../../../../lib/adapters/nats/nats-broker.js';
import { systemClock } from '../../../../lib/core/clock.js';
import type { JobContext } from '../../../../lib/core/job-context.js';
import { ManualClock } from '../../../../lib/testing/manual-clock.js';
import { Instance } from '../../../support/engine/instance.js';
import { NatsServer } from '../../../support/servers/nats-server.js';

const JOBS = 2_000;
const KILLS = 3;
const ALL_MS = 60_000;

let server: NatsServer;

beforeAll(async () => {
  server = await NatsServer.start();
});

afterAll(() => server.stop());

it(
  'loses no job and records each once, however often the server is killed',
  async () => {
    const results = new MemoryResults();
    const runs = new Map<string, number>();
    let wake = (): void => undefined;
    const instance = (): Instance => {
      const options = { servers: [server.url], name: 'kills' };
      const broker = new NatsBroker(options, { prefix: 'kills' });
      const world = { clock: new ManualClock(), processClock: systemClock, broker, results };
      const queues = { orders: { concurrency: 10 } };
      return new Instance(world, { queues, lease: 5_000 }).task(
        'count',
        async (_: unknown, { id }: JobContext) => {
          runs.set(id, (runs.get(id) ?? 0) + 1);
          await new Promise((resolve) => void setTimeout(resolve, 2));
          wake();
        },
        { queue: 'orders' },
      );
    };
    const [first, second] = [await instance().connect(), await instance().connect()];
    const handles = await Promise.all(
      Array.from({ length: JOBS }, () => first.client.enqueue('count')),
    );
    for (const { tasqueue } of [first, second]) await tasqueue.start();

    const ran = (count: number): Promise<void> =>
      new Promise((resolve) => {
        wake = () => {
          if (runs.size >= count) resolve();
        };
      });
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await ran((kill * JOBS) / (KILLS + 2));
      await server.kill();
      await server.restart();
    }
    await Promise.all(handles.map((handle) => handle.result({ timeout: ALL_MS })));
    expect(runs.size).toBe(JOBS);
    const stats = await first.admin.stats('orders');
    expect(stats).toMatchObject({ successful: JOBS, failed: 0, retrying: 0 });
    expect(new Set(handles.map(({ id }) => id))).toEqual(new Set(runs.keys()));
  },
  2 * ALL_MS,
);
