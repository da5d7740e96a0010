import { connect, type NatsConnection } from 'nats';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { NatsBroker } from '../../../../lib/adapters/nats/nats-broker.js';
import { NatsServer } from '../../../support/servers/nats-server.js';
import { brokerOn, claim, job, openSession } from './scene.js';

const PREFIX = 'watching';
const STREAM = `${PREFIX}-broker-q-orders-0`;
const PATIENCE_MS = 15_000;

let server: NatsServer;
let connection: NatsConnection;
let broker: NatsBroker;

beforeEach(async () => {
  // Little is allowed to lie ready for a client: one that is not quick enough is thrown out.
  server = await NatsServer.start({ config: 'max_pending: 16MB' });
  connection = await connect({ servers: server.url });
  broker = brokerOn(server, 'worker', PREFIX);
  await broker.connect();
  await openSession(broker, 'worker', 'orders');
});

afterEach(async () => {
  await broker.close();
  await connection.close();
  await server.stop();
});

it('renews a consumer that is there and gives out nothing, though its stream holds messages', async () => {
  await broker.enqueue([job('before')]);
  expect(await claim(broker, 'worker')).toHaveLength(1);
  const { consumers } = await connection.jetstreamManager();
  const { config } = await consumers.info(STREAM, 'work');
  // As the server's own do when they stand still: nothing pending, nothing on its way.
  await consumers.delete(STREAM, 'work');
  await consumers.add(STREAM, { ...config, filter_subject: `${PREFIX}-broker.q.orders.0.never` });
  await broker.enqueue([job('a'), job('b')]);

  const waiting = claim(broker, 'worker', { waitMs: PATIENCE_MS });
  const beating = setInterval(() => void broker.beat('worker'), 100);
  await waiting.finally(() => clearInterval(beating));
  const given = [...(await waiting), ...(await claim(broker, 'worker'))];
  // What it held counts as given before, and is left to its holder.
  const doubtful = { fresh: false, redelivered: true };
  expect(given).toMatchObject([
    { id: 'a', ...doubtful },
    { id: 'b', ...doubtful },
  ]);
});

it('asks for no more at once than the server lets lie ready, however large jobs are', async () => {
  const body = new Uint8Array(900_000);
  const ids = Array.from({ length: 60 }, (_, index) => `large-${index}`);
  for (const id of ids) await broker.enqueue([job(id, { body })]);
  const given: string[] = [];
  while (given.length < ids.length) {
    const claimed = await claim(broker, 'worker', { slots: 100, waitMs: PATIENCE_MS });
    expect(claimed.filter(({ fresh }) => !fresh)).toEqual([]);
    given.push(...claimed.map(({ id }) => id));
  }
  expect(given).toEqual(ids);
}, 60_000);
