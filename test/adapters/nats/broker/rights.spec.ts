import { afterAll, beforeAll, expect, it } from 'vitest';
import { NatsBroker } from '../../../../lib/adapters/nats/nats-broker.js';
import type { Message } from '../../../../lib/core/ports/message.js';
import { readPage } from '../../../support/docs/page-check.js';
import { NatsServer } from '../../../support/servers/nats-server.js';

let server: NatsServer;

/** What the docs say is needed, for the prefix of this test. */
async function documentedRights(): Promise<{ publish: string[]; subscribe: string[] }> {
  const [, table = ''] = (await readPage('docs/nats.md')).split('\n## Rights\n');
  const rows = table.split('\n').filter((line) => line.startsWith('|'));
  const column = (at: number): string[] =>
    rows
      .slice(2)
      .flatMap((row) =>
        [...(row.split('|')[at] ?? '').matchAll(/`([^`]+)`/g)].map(([, subject = '']) =>
          subject.replace('<prefix>', 'shop'),
        ),
      );
  return { publish: column(2), subscribe: column(3) };
}

beforeAll(async () => {
  const permissions = JSON.stringify(await documentedRights());
  server = await NatsServer.start({
    config: `authorization { users: [{ user: "worker", password: "p", permissions: ${permissions} }] }`,
  });
});

afterAll(() => server.stop());

function message(id: string, more: Partial<Message> = {}): Message {
  const body = new TextEncoder().encode(id);
  const job = { id, generation: 1, kind: 'job', queue: 'orders', priority: 0 } as const;
  return { ...job, fresh: true, body, ...more };
}

it('are enough for all that a broker does', async () => {
  const servers = { servers: server.url, user: 'worker', pass: 'p' };
  const broker = new NatsBroker(servers, { prefix: 'shop' });
  await broker.connect();
  const heard = new Promise<void>((resolve) => {
    broker.listen(() => resolve());
  });
  await broker.broadcast({ topic: 'a', body: 'b' });
  await heard;

  const session = 'worker';
  await broker.open({ session, leaseMs: 30_000, host: 'h', pid: 1, queues: ['orders'] });
  await broker.enqueue([message('a'), message('b', { fresh: false })]);
  await broker.enqueue([message('soon', { delayMs: 200 }), message('late', { delayMs: 60_000 })]);
  const claims = [{ queue: 'orders', slots: 2, ahead: 0 }];
  const nothing = { session, settle: [], started: [], claims, waitMs: 0 };
  const [a, b] = (await broker.work(nothing)).deliveries;
  const settle = [
    { kind: 'ack', receipt: a?.receipt ?? '' },
    { kind: 'retry', receipt: b?.receipt ?? '', delayMs: 60_000 },
  ] as const;
  const soon = await broker.work({ ...nothing, settle, waitMs: 10_000 });
  expect(soon.deliveries.map(({ id }) => id)).toEqual(['soon']);
  expect(soon.lost).toEqual([]);

  const release = { kind: 'release', receipt: soon.deliveries[0]?.receipt ?? '', started: false };
  await broker.work({ ...nothing, claims: [], settle: [{ ...release, kind: 'release' }] });
  expect(await broker.remove([{ id: 'late', generation: 1 }])).toEqual([true]);
  await broker.pause('orders', true);
  expect(await broker.inspect.counts('orders')).toMatchObject({ waiting: 1, retrying: 1 });
  expect((await broker.inspect.page('orders', 'waiting', { limit: 5 })).items).toHaveLength(1);
  expect(await broker.inspect.queues()).toEqual(['orders']);
  expect((await broker.beat(session)).workers).toBe(1);
  await broker.leave(session);
  await broker.close();
});
