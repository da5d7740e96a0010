import { connect, type NatsConnection } from 'nats';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { NatsBroker } from '../../../../lib/adapters/nats/nats-broker.js';
import { NatsServer } from '../../../support/servers/nats-server.js';
import { brokerOn, claim, job, openSession } from './scene.js';

const PREFIX = 'moving';
const PATIENCE_MS = 10_000;
const USERS = `
accounts { jobs { jetstream: enabled, users: [
  { user: "all", password: "a" }
  { user: "deaf", password: "d", permissions { subscribe { deny: "${PREFIX}-broker.n.queue" } } }
] } }
no_auth_user: "all"
`;

let server: NatsServer;
let connection: NatsConnection;
/** Does not hear when somebody makes a queue: notices may be lost. The first to connect moves what comes due. */
let mover: NatsBroker;
let other: NatsBroker;

beforeEach(async () => {
  server = await NatsServer.start({ config: USERS });
  connection = await connect({ servers: server.url, user: 'all', pass: 'a' });
  const deaf = { servers: server.url, user: 'deaf', pass: 'd', name: 'mover' };
  mover = new NatsBroker(deaf, { prefix: PREFIX });
  other = brokerOn(server, 'other', PREFIX);
  await mover.connect();
  await other.connect();
});

afterEach(async () => {
  await other.close();
  await mover.close();
  await connection.close();
  await server.stop();
});

it('moves what comes due in a queue of which the mover has not heard', async () => {
  const queues = Array.from({ length: 3 }, (_, index) => `new-${index}`);
  await openSession(other, 'worker', ...queues);
  for (const queue of queues) {
    await other.enqueue([job(queue, { queue, delayMs: 150 })]);
    const [given] = await claim(other, 'worker', { queue, waitMs: PATIENCE_MS });
    expect(given?.id).toBe(queue);
  }
});

it('moves what others wait for while one queue takes no more, and tries that again', async () => {
  await other.enqueue([job('a', { queue: 'full' }), job('b', { queue: 'open' })]);
  const manager = await connection.jetstreamManager();
  const stream = 'moving-broker-q-full-0';
  const { config } = await manager.streams.info(stream);
  await manager.streams.update(stream, { ...config, max_bytes: 1 });

  let refused = 0;
  connection.subscribe('moving-broker.q.full.>', { callback: () => void (refused += 1) });
  const stuck = Array.from({ length: 1_500 }, (_, index) =>
    job(`f-${index}`, { queue: 'full', delayMs: 1_500 }),
  );
  await other.enqueue(stuck);
  await other.enqueue([job('c', { queue: 'open', delayMs: 1_800 })]);
  await openSession(other, 'worker', 'open', 'full');
  expect((await claim(other, 'worker', { queue: 'open' })).map(({ id }) => id)).toEqual(['b']);
  const started = performance.now();
  const [given] = await claim(other, 'worker', { queue: 'open', waitMs: PATIENCE_MS });
  expect(given?.id).toBe('c');
  const tries = refused / stuck.length / ((performance.now() - started) / 1_000 + 1);
  expect(tries).toBeLessThan(3);

  await manager.streams.update(stream, { ...config, max_bytes: -1 });
  const [later] = await claim(other, 'worker', { queue: 'full', slots: 1, waitMs: PATIENCE_MS });
  expect(later).toBeDefined();
}, 60_000);
