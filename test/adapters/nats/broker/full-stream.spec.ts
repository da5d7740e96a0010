import { connect } from 'nats';
import { expect, it, onTestFinished } from 'vitest';
import { BrokerUnavailableError } from '../../../../lib/core/errors.js';
import { NatsServer } from '../../../support/servers/nats-server.js';
import { brokerOn, claim, job, openSession } from './scene.js';

const PREFIX = 'full';

it('refuses what is enqueued into a full stream, and loses nothing that was accepted', async () => {
  const server = await NatsServer.start();
  onTestFinished(() => server.stop());
  const broker = brokerOn(server, 'a', PREFIX);
  await broker.connect();
  onTestFinished(() => broker.close());
  await broker.enqueue([job('first')]);

  const connection = await connect({ servers: server.url });
  onTestFinished(() => connection.close());
  const manager = await connection.jetstreamManager();
  const stream = `${PREFIX}-broker-q-orders-0`;
  const { config } = await manager.streams.info(stream);
  await manager.streams.update(stream, { ...config, max_bytes: 2_000 });

  const ids = Array.from({ length: 50 }, (_, index) => `job-${index}`);
  const replies = await Promise.allSettled(ids.map((id) => broker.enqueue([job(id)])));
  const refused = replies.filter((reply) => reply.status === 'rejected');
  expect(refused.length).toBeGreaterThan(0);
  for (const { reason } of refused) {
    expect(reason).toBeInstanceOf(BrokerUnavailableError);
    expect(String(reason)).toMatch(/maximum bytes exceeded/);
  }
  const accepted = ['first', ...ids.filter((_, index) => replies[index]?.status === 'fulfilled')];

  await openSession(broker, 's', 'orders');
  const given = await claim(broker, 's', { slots: 100 });
  expect(given.map(({ id }) => id)).toEqual(accepted);

  // What was accepted can come again although there is no room for anything new.
  const settle = given.map(({ receipt }) => ({ kind: 'retry', receipt, delayMs: 0 }) as const);
  await broker.work({ session: 's', settle, started: [], claims: [], waitMs: 0 });
  expect((await claim(broker, 's', { slots: 100 })).map(({ id }) => id)).toEqual(accepted);
});
