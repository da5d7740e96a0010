import * as fc from 'fast-check';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RedisBroker, RedisResults } from '../../lib/redis/index.js';
import { LiveInstance } from '../support/engine/live-instance.js';
import { RedisServer } from '../support/servers/redis-server.js';

const QUEUE = 'work';
const SOON = { interval: 5, timeout: 10_000 };

describe('bytes of somebody else in the keys of a Redis queue', () => {
  let server: RedisServer;
  let redis: Redis;
  beforeAll(async () => {
    server = await RedisServer.start();
    redis = new Redis(server.url);
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  async function opened(prefix: string) {
    const stores = {
      broker: new RedisBroker({ url: server.url }, { prefix }),
      results: new RedisResults({ url: server.url }, { prefix }),
    };
    const instance = new LiveInstance(stores, { queues: { [QUEUE]: { concurrency: 3 } } });
    instance.task('give', (payload) => payload, { queue: QUEUE });
    await instance.connect();
    // The queue is known from here on.
    await instance.client.enqueue('give', 0, { id: 'first' });
    const number = await redis.hget(`{${prefix}}:b:queues`, QUEUE);
    const put = async (id: string, value: Uint8Array) => {
      await redis.hset(`{${prefix}}:b:messages`, id, Buffer.from(value));
      await redis.rpush(`{${prefix}}:b:${number}:list:0`, id);
    };
    return { ...stores, instance, put };
  }

  it('fail as jobs that cannot be read, and hold nothing up', async () => {
    const { instance, put } = await opened('fuzzed');
    await instance.tasqueue.start();
    const { client, admin } = instance;
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 60 }), { minLength: 1, maxLength: 6 }),
        async (values) => {
          runs += 1;
          const ids = values.map((_, index) => `bad-${runs}-${index}`);
          for (const [index, value] of values.entries()) await put(ids[index] ?? '', value);
          const behind = await client.enqueue('give', runs);
          expect(await behind.result({ timeout: 5_000 })).toBe(runs);
          for (const id of ids)
            await expect.poll(() => client.getJob(id), SOON).toMatchObject({ status: 'failed' });
        },
      ),
      { numRuns: 60, endOnFailure: true },
    );
    expect(await admin.stats(QUEUE)).toMatchObject({ queued: 0, processing: 0 });
    expect(instance.lines.filter(({ level }) => level === 'warn')).toEqual([]);
  });

  it('are listed, and can be cancelled, deleted and cleared', async () => {
    const { instance, put } = await opened('waiting');
    const { client, admin } = instance;
    const values = [0, 1, 5, 11, 20, 40].map((length) => new Uint8Array(length).fill(0xff));
    for (const [index, value] of values.entries()) await put(`bad-${index}`, value);
    expect((await admin.pending(QUEUE)).items).toHaveLength(values.length + 1);
    expect(await client.cancel('bad-0')).toBe(true);
    await client.deleteJob('bad-3');
    expect(await admin.clear(QUEUE)).toBe(values.length - 1);
    await instance.tasqueue.start();
    expect(await (await client.enqueue('give', 'behind')).result()).toBe('behind');
    expect((await admin.stats(QUEUE)).queued).toBe(0);
    expect((await admin.queues()).filter((queue) => queue !== QUEUE)).toEqual([]);
  });
});
