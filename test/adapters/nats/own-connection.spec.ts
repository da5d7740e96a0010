import { connect, type NatsConnection } from 'nats';
import { expect, it, onTestFinished } from 'vitest';
import { NatsBroker } from '../../../lib/adapters/nats/nats-broker.js';
import { NatsResults } from '../../../lib/adapters/nats/nats-results.js';
import { KEEP_NONE } from '../../../lib/testing/conformance/results/time-travel.js';
import { NatsServer } from '../../support/servers/nats-server.js';

/** What the driver keeps for those who use a connection. */
function kept(connection: NatsConnection): { subscriptions: number; listeners: number } {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the driver shows it to nobody
  const { protocol, listeners } = connection as unknown as {
    protocol: { subscriptions: { subs: Map<number, unknown> } };
    listeners: unknown[];
  };
  return { subscriptions: protocol.subscriptions.subs.size, listeners: listeners.length };
}

it('leaves nothing behind on a connection of the users own', async () => {
  const server = await NatsServer.start();
  onTestFinished(() => server.stop());
  const connection = await connect({ servers: server.url });
  onTestFinished(() => connection.close());
  const before = kept(connection);
  for (let times = 0; times < 3; times += 1) {
    const [broker, results] = [new NatsBroker({ connection }), new NatsResults({ connection })];
    await broker.connect();
    await results.connect({ retention: KEEP_NONE });
    const message = { id: `job-${times}`, generation: 1, kind: 'job', fresh: true } as const;
    await broker.enqueue([{ ...message, queue: 'q', priority: 0, body: new Uint8Array() }]);
    await results.counts();
    await results.close();
    await broker.close();
  }
  await expect.poll(() => kept(connection)).toEqual(before);
  expect(connection.isClosed()).toBe(false);
});
