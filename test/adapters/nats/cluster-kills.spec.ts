import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { NatsBroker } from '../../../lib/adapters/nats/nats-broker.js';
import { NatsResults } from '../../../lib/adapters/nats/nats-results.js';
import { systemClock } from '../../../lib/core/clock.js';
import type { JobHandle } from '../../../lib/core/client/handles.js';
import type { JobContext } from '../../../lib/core/job-context.js';
import { job } from '../../../lib/core/spec/job.js';
import { ManualClock } from '../../../lib/testing/manual-clock.js';
import { Instance } from '../../support/engine/instance.js';
import { NatsCluster } from '../../support/servers/nats-cluster.js';
import type { NatsServer } from '../../support/servers/nats-server.js';

const PREFIX = 'kills';
const QUEUE_STREAM = `${PREFIX}-broker-q-orders-0`;
const JOBS = 300;
/** A leader that is gone is missed after four to nine seconds. */
const RESUMED_MS = 20_000;
const ALL_MS = 60_000;

let cluster: NatsCluster;
const runs = new Map<string, number>();
let ran = (): void => undefined;

beforeAll(async () => {
  cluster = await NatsCluster.start();
});
afterAll(() => cluster.stop());

/** A process of its own, as far as NATS is concerned. */
function instance(name: string): Promise<Instance> {
  const servers = { servers: cluster.urls, name };
  const store = { prefix: PREFIX, replicas: 3 };
  const world = {
    clock: new ManualClock(),
    processClock: systemClock,
    broker: new NatsBroker(servers, store),
    results: new NatsResults(servers, store),
  };
  const queues = { orders: { concurrency: 10 } };
  return new Instance(world, { queues, lease: 5_000 })
    .task(
      'count',
      async (_: unknown, { id }: JobContext) => {
        runs.set(id, (runs.get(id) ?? 0) + 1);
        await new Promise((resolve) => void setTimeout(resolve, 5));
        ran();
        return id;
      },
      { queue: 'orders' },
    )
    .connect();
}

/** Resolves with how long it took until so many more jobs had begun. */
async function progress(more: number): Promise<number> {
  const since = performance.now();
  const goal = runs.size + more;
  await new Promise<void>((resolve) => {
    ran = () => {
      if (runs.size >= goal) resolve();
    };
    ran();
  });
  return performance.now() - since;
}

/** Enqueues until so many are accepted; what is refused while there is no leader is not among them. */
async function feedUntil(jobs: number, { client }: Instance, accepted: JobHandle[]): Promise<void> {
  const ten = Array.from({ length: 10 }, () => job('count', null, { queue: 'orders' }));
  while (accepted.length < jobs) accepted.push(...(await client.enqueueMany(ten).catch(() => [])));
}

/** Which node falls. */
const VICTIMS: Record<string, () => Promise<NatsServer>> = {
  'the leader of the queue': () => cluster.leaderOf('stream', QUEUE_STREAM),
  'the leader of its consumer': () => cluster.leaderOf('consumer', QUEUE_STREAM),
  'the leader of the results': () => cluster.leaderOf('stream', `${PREFIX}-results`),
};

it.each(Object.entries(VICTIMS))(
  'loses nothing as %s falls, and works on within seconds',
  async (_, choose) => {
    runs.clear();
    const [first, second] = [await instance('first'), await instance('second')];
    for (const { tasqueue } of [first, second]) await tasqueue.start();
    const accepted: JobHandle[] = [];
    const feed = feedUntil(JOBS, first, accepted);
    await progress(50);
    const victim = await choose();
    await victim.kill();
    expect(await progress(30)).toBeLessThan(RESUMED_MS);

    await feed;
    // A refused call may have been accepted all the same: its jobs, too, come to their end.
    await vi.waitFor(
      async () =>
        expect(await first.admin.stats('orders')).toMatchObject({
          failed: 0,
          retrying: 0,
          queued: 0,
          processing: 0,
        }),
      { timeout: ALL_MS },
    );
    const results = await Promise.all(accepted.map((handle) => handle.result({ timeout: ALL_MS })));
    expect(results).toEqual(accepted.map(({ id }) => id));
    for (const { tasqueue } of [first, second]) await tasqueue.close();
    await victim.restart();
  },
  3 * ALL_MS,
);
