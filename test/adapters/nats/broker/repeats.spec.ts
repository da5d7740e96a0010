import { connect, type NatsConnection } from 'nats';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { NatsBroker } from '../../../../lib/adapters/nats/nats-broker.js';
import type { Delivery, WorkReply } from '../../../../lib/core/ports/broker.js';
import type { Message } from '../../../../lib/core/ports/message.js';
import { NatsServer } from '../../../support/servers/nats-server.js';

const STREAM = 'repeats-broker-q-orders-0';

let server: NatsServer;
let broker: NatsBroker;
let connection: NatsConnection;

beforeEach(async () => {
  server = await NatsServer.start();
  connection = await connect({ servers: server.url });
  broker = new NatsBroker({ servers: [server.url], name: 'a' }, { prefix: 'repeats' });
  await broker.connect();
});

afterEach(async () => {
  await broker.close();
  await connection.close();
  await server.stop();
});

function fresh(id: string): Message {
  const body = new TextEncoder().encode(id);
  return { id, generation: 1, kind: 'job', queue: 'orders', priority: 0, fresh: true, body };
}

async function open(session: string): Promise<void> {
  await broker.open({ session, leaseMs: 60_000, host: 'h', pid: 1, queues: ['orders'] });
}

function claim(session: string, waitMs = 0): Promise<WorkReply> {
  const claims = [{ queue: 'orders', slots: 10, ahead: 0 }];
  return broker.work({ session, settle: [], started: [], claims, waitMs });
}

/** Until one comes, though calls fail while the server is away. */
async function next(session: string): Promise<readonly Delivery[]> {
  for (let tries = 0; tries < 100; tries += 1) {
    const reply = await claim(session, 1_000).catch(() => undefined);
    if (reply && reply.deliveries.length > 0) return reply.deliveries;
    await setTimeout(20);
  }
  return expect.unreachable('nothing came');
}

const doubtful = { fresh: false, redelivered: true, crashes: 0 };

it('brings back what was handed to a worker that died before it could write it down', async () => {
  await broker.enqueue([fresh('a')]);
  const consumer = await connection.jetstream().consumers.get(STREAM, 'work');
  const lost = await consumer.next({ expires: 5_000 });
  expect(lost?.info.streamSequence).toBe(1);

  await open('next');
  expect(await next('next')).toMatchObject([{ id: 'a', ...doubtful }]);
});

it('takes nothing for fresh that lay in its queue as the server was started', async () => {
  await broker.enqueue([fresh('before')]);
  await server.kill();
  await server.restart();
  await open('next');
  expect(await next('next')).toMatchObject([{ id: 'before', ...doubtful }]);
  await broker.enqueue([fresh('after')]);
  expect(await next('next')).toMatchObject([{ id: 'after', fresh: true, redelivered: false }]);
});

it('goes on when its consumer is deleted: each message once, and none that is held', async () => {
  await broker.enqueue([fresh('held')]);
  await open('holder');
  const [held] = (await claim('holder')).deliveries;
  await broker.enqueue([fresh('waiting')]);
  await (await connection.jetstreamManager()).consumers.delete(STREAM, 'work');

  await open('next');
  expect(await next('next')).toMatchObject([{ id: 'waiting', ...doubtful }]);
  await broker.enqueue([fresh('new')]);
  expect(await next('next')).toMatchObject([{ id: 'new', fresh: true }]);
  expect((await broker.find(['held']))[0]?.state).toBe('started');

  const settle = [{ kind: 'ack', receipt: held?.receipt ?? '' }] as const;
  const work = { session: 'holder', settle, started: [], claims: [], waitMs: 0 };
  expect((await broker.work(work)).lost).toEqual([]);
});

it('moves what comes due although the client that did so is gone', async () => {
  const other = new NatsBroker({ servers: [server.url], name: 'b' }, { prefix: 'repeats' });
  await other.connect();
  await other.enqueue([{ ...fresh('later'), delayMs: 400 }]);
  await broker.close();
  await other.open({ session: 's', leaseMs: 60_000, host: 'h', pid: 1, queues: ['orders'] });
  const claims = [{ queue: 'orders', slots: 1, ahead: 0 }];
  const reply = await other.work({ session: 's', settle: [], started: [], claims, waitMs: 10_000 });
  expect(reply.deliveries).toMatchObject([{ id: 'later' }]);
  expect(reply.now - (reply.deliveries[0]?.dueAt ?? 0)).toBeLessThan(5_000);
  await other.close();
  await broker.connect();
});
