import { describe, expect, it, vi } from 'vitest';
import { BrokerUnavailableError } from '../../../../lib/core/errors.js';
import { Site, WITHIN_SECONDS } from './site.js';

describe('with Redis down at boot', () => {
  it("'fail' says so at once, and why, and leaves nothing behind", async () => {
    const site = await Site.open();
    site.proxy.refuse();
    const failed = await site
      .instance({ onStartup: 'fail' })
      .start()
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(BrokerUnavailableError);
    expect(failed).toMatchObject({
      message: expect.stringContaining("cannot reach the broker 'redis'"),
      cause: { message: expect.stringMatching(/no connection to Redis: .*ECONN/) },
    });
    site.proxy.heal();
    // Longer than the pauses between two tries of a connection.
    await expect(vi.waitUntil(() => site.proxy.connections > 0, 2_000)).rejects.toThrow(
      'Timed out',
    );
  });

  it("'wait' gives up after startupTimeout, and why", async () => {
    const site = await Site.open();
    await site.server.kill();
    const failed = await site
      .instance({ startupTimeout: 1_000 })
      .start()
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(BrokerUnavailableError);
    expect(failed).toMatchObject({ cause: { message: expect.stringContaining('no connection') } });
  });

  it("'wait' goes on as soon as it comes", async () => {
    const site = await Site.open();
    await site.server.kill();
    const instance = site.instance();
    const started = instance.start();
    await vi.waitFor(() => expect(instance.lines).not.toEqual([]), WITHIN_SECONDS);
    await site.server.restart();
    await started;
    expect(await (await instance.client.enqueue('note', 'here')).result()).toBe('here');
  });

  it("'lazy' boots without it, rejects in time, and works once it comes", async () => {
    const site = await Site.open();
    await site.server.kill();
    const instance = await site.instance({ onStartup: 'lazy', enqueueTimeout: 500 }).start();
    const refused = await instance.client
      .enqueue('note', 'lost', { id: 'n' })
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(BrokerUnavailableError);
    expect(refused).toMatchObject({ ids: ['n'] });
    await site.server.restart();
    await vi.waitFor(() => instance.client.enqueue('note', 'here', { id: 'n' }), WITHIN_SECONDS);
    await vi.waitFor(() => expect(site.ran).toEqual(['here']), WITHIN_SECONDS);
  });
});

it('an evicting server is warned of, by both stores', async () => {
  const site = await Site.open(['--save', '', '--maxmemory-policy', 'allkeys-lru']);
  const { lines } = await site.producer();
  expect(lines.map(({ level, message }) => `${level} ${message.split(':')[0]}`)).toEqual([
    "warn the broker 'redis'",
    "warn the results store 'redis'",
  ]);
  expect(lines[0]?.message).toContain("'allkeys-lru'");
});

it('one process takes three connections', async () => {
  const site = await Site.open();
  const instance = await site.instance({ events: 'all' }).start();
  await (await instance.client.enqueue('note', 'x')).result();
  const list = await site.admin().client('LIST');
  expect(Array.from(String(list).matchAll(/ name=(tasqueue-\S+)/g), ([, name]) => name)).toEqual([
    'tasqueue-commands',
    'tasqueue-subscriber',
    'tasqueue-blocking',
  ]);
});
