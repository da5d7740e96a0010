import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InvalidOptionsError } from '../../lib/core/errors.js';
import { NatsBroker, NatsResults } from '../../lib/nats/index.js';
import { RedisBroker, RedisResults } from '../../lib/redis/index.js';
import { LiveInstance } from '../support/engine/live-instance.js';
import { RedisServer } from '../support/servers/redis-server.js';
import { wrong } from '../support/wrong.js';

/** Patterns, separators, key names of ours and of Redis, and one that begins like another. */
const ODD = [
  '*',
  '?',
  '[a]',
  '{a',
  'a:b',
  'a:b:r',
  ' ',
  'a\nb',
  'a\0b',
  '日本',
  '__proto__',
  'x'.repeat(900),
];
const REFUSED_BY_REDIS: readonly unknown[] = ['', '}', 'a}b', '\uD800', 'x'.repeat(2_000), 5, null];
const REFUSED_BY_NATS: readonly unknown[] = [
  ['', 'a b', 'a.b', '*', '>', 'a\n', 'a\0', '日本', '$JS', '/', '..', 'x'.repeat(65)],
  [5, null],
].flat();

describe('hostile prefixes on Redis', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await RedisServer.start();
  });
  afterAll(() => server.stop());

  const stores = (prefix: string) => ({
    broker: new RedisBroker({ url: server.url }, { prefix }),
    results: new RedisResults({ url: server.url }, { prefix }),
  });

  it('keep their jobs to themselves', async () => {
    const instances = ODD.map((prefix) =>
      new LiveInstance(stores(prefix)).task('give', (payload) => [prefix, payload]),
    );
    await Promise.all(instances.map((instance) => instance.start()));
    const handles = await Promise.all(
      instances.map(({ client }, index) => client.enqueue('give', index, { id: 'mine' })),
    );
    expect(await Promise.all(handles.map((handle) => handle.result()))).toEqual(
      ODD.map((prefix, index) => [prefix, index]),
    );
    await instances[0]?.client.deleteJob('mine');
    for (const { admin } of instances.slice(1))
      expect((await admin.successful()).items).toHaveLength(1);
  });

  it.each(REFUSED_BY_REDIS)('are refused where they would break keys: %#', (prefix) => {
    expect(() => stores(wrong(prefix))).toThrow(InvalidOptionsError);
  });
});

describe('hostile prefixes on NATS', () => {
  it.each(REFUSED_BY_NATS)('are refused where they would break subjects: %#', (prefix) => {
    const servers = { servers: 'nats://127.0.0.1' };
    expect(() => new NatsBroker(servers, { prefix: wrong(prefix) })).toThrow(InvalidOptionsError);
    expect(() => new NatsResults(servers, { prefix: wrong(prefix) })).toThrow(InvalidOptionsError);
  });
});
