import * as fc from 'fast-check';
import { connect, type NatsConnection } from 'nats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NatsBroker, NatsResults } from '../../lib/nats/index.js';
import { LiveInstance } from '../support/engine/live-instance.js';
import { NatsServer } from '../support/servers/nats-server.js';

const QUEUE = 'work';
const SOON = { interval: 10, timeout: 10_000 };

describe('bytes of somebody else in the streams of a NATS queue', () => {
  let server: NatsServer;
  let nats: NatsConnection;
  beforeAll(async () => {
    server = await NatsServer.start();
    nats = await connect({ servers: server.url });
  });
  afterAll(async () => {
    await nats.close();
    await server.stop();
  });

  async function opened(prefix: string) {
    const servers = { servers: server.url, name: prefix };
    const stores = {
      broker: new NatsBroker(servers, { prefix }),
      results: new NatsResults(servers, { prefix }),
    };
    const instance = new LiveInstance(stores, { queues: { [QUEUE]: { concurrency: 3 } } });
    instance.task('give', (payload) => payload, { queue: QUEUE });
    await instance.connect();
    // The queue's stream is there from here on.
    await instance.client.enqueue('give', 0);
    const put = async (id: string, bytes: Uint8Array) =>
      void (await nats.jetstream().publish(`${prefix}-broker.q.${QUEUE}.0.j.${id}`, bytes));
    const putRecord = async (id: string, bytes: Uint8Array) =>
      void (await nats.jetstream().publish(`${prefix}-broker.m.${id}`, bytes));
    return { ...stores, instance, put, putRecord };
  }

  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc
      .constantFrom(
        '',
        '\n',
        'F',
        'F1',
        'F1x\nrest',
        'Fnothing',
        'T',
        'Tx\n',
        'T1',
        'T\n',
        'T1.5\n',
        '[1,2',
      )
      .map((text) => new Uint8Array(Buffer.from(text))),
  );

  it('fail as jobs that cannot be read, with what there is, and hold nothing up', async () => {
    const { instance, put } = await opened('fuzzed');
    await instance.tasqueue.start();
    const { client, admin } = instance;
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(bytes, { minLength: 1, maxLength: 6 }), async (values) => {
        runs += 1;
        const ids = values.map((_, index) => `bad-${runs}-${index}`);
        for (const [index, value] of values.entries()) await put(ids[index] ?? '', value);
        const behind = await client.enqueue('give', runs);
        expect(await behind.result({ timeout: 5_000 })).toBe(runs);
        for (const id of ids)
          await expect.poll(() => client.getJob(id), SOON).toMatchObject({ status: 'failed' });
      }),
      { numRuns: 30, endOnFailure: true },
    );
    expect(await admin.stats(QUEUE)).toMatchObject({ queued: 0, processing: 0 });
  });

  it('in the place of a record hold nothing up, and free the id when they are deleted', async () => {
    const { instance, putRecord } = await opened('records');
    const { client } = instance;
    await client.enqueue('give', 1, { id: 'overwritten' });
    for (const id of ['overwritten', 'alone', 'again'])
      await putRecord(id, Uint8Array.of(0xff, 10, 1, 2));
    await instance.tasqueue.start();
    expect(await (await client.enqueue('give', 'behind')).result()).toBe('behind');
    expect((await client.enqueue('give', 'x', { id: 'again' })).duplicate).toBe(true);
    await client.deleteJob('again');
    expect(await (await client.enqueue('give', 'y', { id: 'again' })).result()).toBe('y');
  });
});
