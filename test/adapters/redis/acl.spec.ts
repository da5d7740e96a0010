import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import { RedisBroker, RedisResults } from '../../../lib/redis/index.js';
import { LiveInstance } from '../../support/engine/live-instance.js';
import { RedisServer } from '../../support/servers/redis-server.js';
import { addDocumentedUser, asDocumentedUser } from './documented-user.js';

describe('a user with the rights that docs/redis.md names', () => {
  let server: RedisServer;
  let admin: Redis;

  beforeAll(async () => {
    server = await RedisServer.start();
    admin = new Redis(server.url);
    await addDocumentedUser(admin);
  });
  afterAll(async () => {
    admin.disconnect();
    await server.stop();
  });

  it('may do all that the two stores do, and is refused nothing', async () => {
    const connection = { url: asDocumentedUser(server.url) };
    const stores = { broker: new RedisBroker(connection), results: new RedisResults(connection) };
    const instance = new LiveInstance(stores, { events: 'all' }).task('add', (n: number) => n + 1);
    await instance.start();
    const { client } = instance;
    const handle = await client.enqueueGroup(group([job('add', 1), job('add', 2)]));
    expect(await handle.result()).toEqual([2, 3]);
    await client.enqueue('add', 5, { schedule: '0 0 1 1 *', id: 'yearly' });
    expect(await client.cancel('yearly')).toBe(true);
    await instance.close();
    expect(instance.lines).toEqual([]);
    // The driver of Redis 7.2 and later introduces itself, unasked.
    const refused = JSON.stringify(await admin.acl('LOG')).replaceAll('client|setinfo', '');
    expect(refused).not.toContain('"command"');
  });

  it('may do nothing else', async () => {
    const client = new Redis(asDocumentedUser(server.url));
    onTestFinished(() => client.disconnect());
    await admin.set('other', 1);
    for (const attempt of [
      () => client.get('other'),
      () => client.flushall(),
      () => client.keys('*'),
      () => client.config('GET', '*'),
      () => client.publish('other', 'x'),
    ])
      await expect(attempt()).rejects.toThrow('NOPERM');
  });
});
