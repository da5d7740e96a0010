import { setInterval } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { Site, WITHIN_SECONDS } from './site.js';

const JOBS = 300;
const STORM_MS = 40;

describe('when packets vanish and no connection breaks', () => {
  it('an idle worker notices by itself, and works on', async () => {
    const site = await Site.open();
    await site.worker();
    const { client } = await site.producer();
    await (await client.enqueue('note', 'before')).result();
    site.proxy.hush();
    const handle = await vi.waitFor(() => client.enqueue('note', 'after'), WITHIN_SECONDS);
    expect(await handle.result({ timeout: WITHIN_SECONDS.timeout })).toBe('after');
  });

  it('for a while, all goes on after it', async () => {
    const site = await Site.open();
    await site.worker();
    const { client } = await site.producer({ enqueueTimeout: 1_000 });
    await (await client.enqueue('note', 'before')).result();
    site.proxy.swallow();
    await expect(client.enqueue('note', 'lost')).rejects.toThrow('did not answer within 1000 ms');
    site.proxy.heal();
    const handle = await vi.waitFor(() => client.enqueue('note', 'after'), WITHIN_SECONDS);
    expect(await handle.result({ timeout: WITHIN_SECONDS.timeout })).toBe('after');
  });
});

describe('while connections break all the time', () => {
  it('every job that was accepted ends, and none runs twice', async () => {
    const site = await Site.open();
    await Promise.all([site.worker({ lease: 5_000 }), site.worker({ lease: 5_000 })]);
    const { client } = await site.producer();
    const names = Array.from({ length: JOBS }, (_, index) => `job ${index}`);
    const admin = site.admin();
    const storm = new AbortController();
    const storming = (async (): Promise<void> => {
      for await (const _ of setInterval(STORM_MS, null, { signal: storm.signal }))
        await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    })();
    for (const name of names)
      await vi.waitFor(() => client.enqueue('note', name, { id: name }), WITHIN_SECONDS);
    storm.abort();
    await storming.catch(() => undefined);
    await vi.waitFor(() => expect(new Set(site.ran).size).toBe(JOBS), {
      timeout: 20_000,
      interval: 100,
    });
    expect(site.ran.length).toBe(JOBS);
  });
});

it('a server that pauses its clients for a while loses nothing', async () => {
  const site = await Site.open();
  await site.worker();
  const { client } = await site.producer();
  await (await client.enqueue('note', 'before')).result();
  await site.admin().client('PAUSE', 2_000, 'ALL');
  const handle = await client.enqueue('note', 'after');
  expect(await handle.result({ timeout: WITHIN_SECONDS.timeout })).toBe('after');
});

it('a network in pieces, and slow, changes nothing but the pace', async () => {
  const site = await Site.open();
  await site.worker();
  const { client } = await site.producer();
  site.proxy.crumble(7);
  site.proxy.delay(20);
  const handle = await client.enqueue('note', 'slow');
  expect(await handle.result({ timeout: WITHIN_SECONDS.timeout })).toBe('slow');
});
