import { setTimeout } from 'node:timers/promises';
import {
  connect,
  type ConsumerInfo,
  type JetStreamManager,
  type NatsConnection,
  RetentionPolicy,
  type StreamConfig,
} from 'nats';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { NatsBroker } from '../../../lib/adapters/nats/nats-broker.js';
import { NatsResults } from '../../../lib/adapters/nats/nats-results.js';
import { describeBroker } from '../../../lib/testing/describe-broker.js';
import { describeResults } from '../../../lib/testing/describe-results.js';
import { NatsCluster } from '../../support/servers/nats-cluster.js';
import { resultsWorld } from './results-world.js';

const runner = { describe, it, beforeEach, afterEach };
const PREFIX = 'cases';
/** What the suites use most. A case that is about time is not to wait for its streams to be made. */
const USED_MOST = ['orders', 'other', 'plans'];

let cluster: NatsCluster;
let connection: NatsConnection;
let manager: JetStreamManager;

beforeAll(async () => {
  cluster = await NatsCluster.start();
  connection = await connect({ servers: cluster.urls });
  manager = await connection.jetstreamManager();
  const broker = openBroker();
  await broker.connect();
  for (const queue of USED_MOST) {
    const fields = { id: queue, generation: 1, kind: 'job', priority: 0, fresh: true } as const;
    await broker.enqueue([{ ...fields, queue, body: new Uint8Array() }]);
  }
  await broker.close();
  await empty();
});
afterAll(async () => {
  await connection.close();
  await cluster.stop();
});

/** To make streams with three copies takes longer than most cases: they are emptied instead. */
async function empty(): Promise<void> {
  const streams = await manager.streams.list().next();
  await Promise.all(
    streams.map(async ({ config }) => {
      if (isQueue(config)) await forgetPulls(config.name);
      await manager.streams.purge(config.name);
    }),
  );
}

/** One server hears a moment later than another that a client has gone: what it asked for is not to be given to it. */
async function forgetPulls(stream: string): Promise<void> {
  await soon(async () => {
    for (const { num_waiting } of await consumersOf(stream)) expect(num_waiting).toBe(0);
  });
}

/** The leader of a consumer hears a moment after the leader of its stream what was stored. */
async function caughtUp(): Promise<void> {
  const streams = await manager.streams.list().next();
  await Promise.all(
    streams
      .filter(({ config, state }) => isQueue(config) && state.messages > 0)
      .map(({ config: { name }, state }) =>
        soon(async () => {
          for (const { num_pending, num_ack_pending } of await consumersOf(name))
            expect(num_pending + num_ack_pending).toBeGreaterThanOrEqual(state.messages);
        }),
      ),
  );
}

function isQueue({ retention }: StreamConfig): boolean {
  return retention === RetentionPolicy.Workqueue;
}

function consumersOf(stream: string): Promise<ConsumerInfo[]> {
  return manager.consumers.list(stream).next();
}

async function soon(look: () => Promise<void>): Promise<void> {
  await vi.waitFor(look, { timeout: 10_000, interval: 5 });
}

function openBroker(): NatsBroker {
  return new NatsBroker({ servers: cluster.urls, name: 'broker' }, { prefix: PREFIX, replicas: 3 });
}

describeBroker(
  'NatsBroker on a cluster of three',
  async () => ({
    broker: openBroker(),
    another: async () =>
      new NatsBroker({ servers: cluster.urls, name: 'another' }, { prefix: PREFIX, replicas: 3 }),
    pass: (ms) => setTimeout(ms),
    doubtsAll: true,
    caughtUp,
    dispose: empty,
  }),
  runner,
);

describeResults(
  'NatsResults on a cluster of three',
  async () =>
    resultsWorld(
      (clock) => new NatsResults({ servers: cluster.urls }, { prefix: PREFIX, clock, replicas: 3 }),
      empty,
    ),
  runner,
);
