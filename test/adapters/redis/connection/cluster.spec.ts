import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { isCluster } from '../../../../lib/adapters/redis/connection/redis-client.js';
import { ready, RedisLink } from '../../../../lib/adapters/redis/connection/redis-link.js';
import { CapabilityError } from '../../../../lib/core/errors.js';
import { outcomeOf } from '../../../support/engine/outcome.js';
import { RedisCluster } from '../../../support/servers/redis-cluster.js';

const SOON = { timeout: 15_000, interval: 100 };

describe('a cluster', () => {
  let cluster: RedisCluster;

  beforeAll(async () => {
    cluster = await RedisCluster.start();
  });
  afterAll(() => cluster.stop());

  async function open(): Promise<RedisLink> {
    const client = cluster.client({ keyPrefix: 'shop:', lazyConnect: true });
    const link = new RedisLink({ client });
    onTestFinished(() => link.close());
    onTestFinished(() => client.disconnect());
    expect(await link.connect()).toEqual([]);
    expect(client.status).toBe('wait');
    return link;
  }

  it('is refused where only one of its nodes is named', async () => {
    const link = new RedisLink({ url: cluster.nodes[0]?.url ?? '' });
    onTestFinished(() => link.close());
    await expect(link.connect()).rejects.toThrow(CapabilityError);
  });

  it('is reached as a whole, with settings of ours', async () => {
    const link = await open();
    expect(link.keyPrefix).toBe('shop:');
    const { commands } = link;
    for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) await commands.set(key, key);
    expect(await commands.get('f')).toBe('f');
    expect(isCluster(commands) && commands.options.keyPrefix).toBe('');
  });

  it('hears what any of its nodes publishes', async () => {
    const link = await open();
    const heard: string[] = [];
    link.listen('news', (message) => void heard.push(message));
    for (const { url } of cluster.nodes) {
      const node = new Redis(url);
      onTestFinished(() => node.disconnect());
      await vi.waitFor(async () => {
        await node.publish('news', url);
        expect(heard).toContain(url);
      }, SOON);
    }
  });

  it('never sends a call again whose node went away', async () => {
    const { commands } = await open();
    const slot = await commands.cluster('KEYSLOT', '{shop}list');
    const node = cluster.nodes[Math.floor(slot / Math.ceil(16_384 / 3))];
    const admin = new Redis(node?.url ?? '');
    onTestFinished(() => admin.disconnect());
    const blocked = outcomeOf(commands.blpop('{shop}list', 5));
    await vi.waitFor(async () => {
      const list = String(await admin.client('LIST'));
      const id = /id=(\d+) .*cmd=blpop/.exec(list)?.[1];
      expect(id).toBeDefined();
      await admin.client('KILL', 'ID', id ?? '');
    }, SOON);
    await vi.waitFor(() => expect(blocked.settled).toBe(true), SOON);
    expect(blocked.error).toBeInstanceOf(Error);
    expect(String(await admin.client('LIST'))).not.toContain('cmd=blpop');
    await vi.waitFor(async () => {
      expect(await (await ready(commands)).incr('{shop}sum')).toBeGreaterThan(0);
    }, SOON);
  });
});
