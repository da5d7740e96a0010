import { expect, it } from 'vitest';
import { NatsBroker } from '../../../../lib/adapters/nats/nats-broker.js';
import { BrokerUnavailableError } from '../../../../lib/core/errors.js';
import { NatsServer } from '../../../support/servers/nats-server.js';

const CALLS_MS = 60_000;

it(
  'rejects what the server does not answer in time, and nothing else comes of it',
  async () => {
    const server = await NatsServer.start();
    const broker = new NatsBroker({ servers: [server.url], name: 'a' }, { prefix: 'gone' });
    await broker.connect();
    const session = 's';
    await broker.open({ session, leaseMs: 60_000, host: 'h', pid: 1, queues: ['orders'] });
    const job = { kind: 'job', queue: 'orders', priority: 0, body: new Uint8Array([1]) } as const;
    const messages = ['a', 'b', 'c', 'd'].map((id) => ({ ...job, id, generation: 1, fresh: true }));
    await broker.enqueue(messages);
    const claims = [{ queue: 'orders', slots: 4, ahead: 0 }];
    const work = { session, settle: [], started: [], claims, waitMs: 0 };
    const receipts = (await broker.work(work)).deliveries.map(({ receipt }) => receipt);
    await server.kill();

    const unhandled: unknown[] = [];
    const hear = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', hear);
    const [a = '', b = '', c = '', d = ''] = receipts;
    const calls = await Promise.allSettled([
      broker.work({
        ...work,
        settle: [
          { kind: 'ack', receipt: a },
          { kind: 'retry', receipt: b, delayMs: 0 },
          { kind: 'retry', receipt: c, delayMs: 1_000 },
          { kind: 'release', receipt: d, started: true },
        ],
      }),
      broker.enqueue([{ ...job, id: 'e', generation: 2, fresh: false }]),
      broker.find(['a']),
      broker.remove([{ id: 'a', generation: 1 }]),
      broker.beat(session),
      broker.leave('another'),
    ]);
    process.off('unhandledRejection', hear);
    expect(unhandled).toEqual([]);
    for (const call of calls)
      expect(call).toMatchObject({
        status: 'rejected',
        reason: expect.any(BrokerUnavailableError),
      });
    await broker.close();
    await server.stop();
  },
  CALLS_MS,
);
