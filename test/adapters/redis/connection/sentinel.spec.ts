import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ready, RedisLink } from '../../../../lib/adapters/redis/connection/redis-link.js';
import { CapabilityError } from '../../../../lib/core/errors.js';
import { RedisSentinel } from '../../../support/servers/redis-sentinel.js';

/** A Sentinel bears with a silent master for half a second, and then takes its time. */
const FAILED_OVER = { timeout: 20_000, interval: 100 };

describe('a master that a Sentinel names', () => {
  let sentinel: RedisSentinel;

  beforeAll(async () => {
    sentinel = await RedisSentinel.start();
  });
  afterAll(() => sentinel.stop());

  it('is not the Sentinel itself', async () => {
    const link = new RedisLink({ url: `redis://127.0.0.1:${sentinel.port}` });
    onTestFinished(() => link.close());
    await expect(link.connect()).rejects.toThrow(CapabilityError);
  });

  it('is followed when another one takes its place', async () => {
    const link = new RedisLink({ options: sentinel.options });
    onTestFinished(() => link.close());
    expect(await link.connect()).toEqual([]);
    const { commands } = link;
    await commands.set('kept', 'yes');
    await commands.wait(1, 1_000);

    await sentinel.master.kill();
    await vi.waitFor(async () => {
      await (await ready(commands)).set('written', 'anew');
    }, FAILED_OVER);
    expect(await commands.mget('kept', 'written')).toEqual(['yes', 'anew']);
    expect(commands.options).toMatchObject({ sentinels: sentinel.options.sentinels });
    expect(await commands.config('GET', 'port')).toEqual(['port', `${sentinel.replica.port}`]);
  });
});
