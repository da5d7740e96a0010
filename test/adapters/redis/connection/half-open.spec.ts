import { Redis } from 'ioredis';
import { describe, expect, it, type TestContext, vi } from 'vitest';
import { ownClient } from '../../../../lib/adapters/redis/connection/own-client.js';
import { ready } from '../../../../lib/adapters/redis/connection/readiness.js';
import { RedisLink } from '../../../../lib/adapters/redis/connection/redis-link.js';
import { Subscriptions } from '../../../../lib/adapters/redis/connection/subscriptions.js';
import { outcomeOf } from '../../../support/engine/outcome.js';
import { FaultProxy } from '../../../support/servers/fault-proxy.js';
import { RedisServer } from '../../../support/servers/redis-server.js';

/** How the driver says that a connection broke under a call. */
const BROKEN = 'max retries per request';
/** What the driver may take to find out, and some more for a busy machine. */
const WITHIN = { timeout: 15_000, interval: 50 };

async function behindProxy({ onTestFinished }: TestContext) {
  const server = await RedisServer.start();
  const proxy = await FaultProxy.start(server.port);
  const url = `redis://127.0.0.1:${proxy.port}`;
  const link = new RedisLink({ url });
  onTestFinished(async () => {
    link.close();
    await proxy.stop();
    await server.stop();
  });
  await link.connect();
  return { server, proxy, link, url };
}

// Most of them wait for a timeout: let them wait together.
describe.concurrent('a connection through a network that fails', () => {
  it('is given up when no answer comes, and made anew', async (context) => {
    const { proxy, link } = await behindProxy(context);
    proxy.hush();
    await expect(link.commands.ping()).rejects.toThrow(BROKEN);
    expect(await (await ready(link.commands)).ping()).toBe('PONG');
  });

  it('is made anew only once packets arrive again', async (context) => {
    const { proxy, link } = await behindProxy(context);
    proxy.swallow();
    await expect(link.commands.ping()).rejects.toThrow(BROKEN);
    await expect(ready(link.commands)).rejects.toThrow('no connection to Redis');
    proxy.heal();
    await vi.waitFor(() => ready(link.commands), WITHIN);
    expect(await link.commands.ping()).toBe('PONG');
  });

  it('is given up while it blocks, a little after the longest time that it may', async (context) => {
    const { proxy, link } = await behindProxy(context);
    const blocking = await ready(link.lendBlocking());
    const popped = outcomeOf(blocking.blpop('nothing', 3));
    proxy.hush();
    await vi.waitFor(() => expect(popped.settled).toBe(true), WITHIN);
    expect(popped.error).toMatchObject({ message: expect.stringContaining(BROKEN) });
    expect(await (await ready(blocking)).ping()).toBe('PONG');
  });

  it('takes the others of its process along', async (context) => {
    const { proxy, link } = await behindProxy(context);
    const blocking = await ready(link.lendBlocking());
    proxy.hush();
    await expect(link.commands.ping()).rejects.toThrow(BROKEN);
    expect(await (await ready(blocking)).ping()).toBe('PONG');
  });

  it('is given up while it listens, and then hears again', async (context) => {
    const { proxy, server, url } = await behindProxy(context);
    const client = ownClient({ url }, 'subscriber');
    const subscriptions = new Subscriptions(client, 100);
    const admin = new Redis(server.url);
    context.onTestFinished(() => subscriptions.close());
    context.onTestFinished(() => admin.disconnect());
    const heard: string[] = [];
    subscriptions.listen('news', (message) => void heard.push(message));
    const tell = async (message: string): Promise<void> => {
      await admin.publish('news', message);
      expect(heard).toContain(message);
    };
    await vi.waitFor(() => tell('first'), WITHIN);
    proxy.hush();
    await vi.waitFor(() => tell('again'), WITHIN);
  });

  it('says why there is none', async (context) => {
    const { proxy, link } = await behindProxy(context);
    proxy.refuse();
    await vi.waitFor(() => expect(link.commands.status).not.toBe('ready'));
    await expect(ready(link.commands)).rejects.toThrow(/no connection to Redis: .*ECONNRESET/);
  });

  it('rejects what was under way when it broke, and never sends it again', async (context) => {
    const { proxy, link } = await behindProxy(context);
    await link.commands.set('sum', 0);
    proxy.cutAfter('toClient', 0);
    await expect(link.commands.incr('sum')).rejects.toThrow(BROKEN);
    expect(await (await ready(link.commands)).get('sum')).toBe('1');
  });

  it('takes answers in pieces, and late', async (context) => {
    const { proxy, link } = await behindProxy(context);
    proxy.crumble(1);
    expect(await link.commands.info()).toContain('redis_version');
    proxy.delay(30);
    expect(await link.commands.echo('whole')).toBe('whole');
  });

  it('waits in vain once it is closed', async (context) => {
    const { proxy, link } = await behindProxy(context);
    const { commands } = link;
    proxy.refuse();
    await vi.waitFor(() => expect(commands.status).not.toBe('ready'));
    const waiting = outcomeOf(ready(commands));
    link.close();
    await vi.waitFor(() => expect(waiting.settled).toBe(true));
    expect(waiting.error).toMatchObject({ message: expect.stringContaining('closed') });
    await expect(ready(commands)).rejects.toThrow('closed');
  });
});
