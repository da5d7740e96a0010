import { expect, it, onTestFinished, vi } from 'vitest';
import { BrokerUnavailableError } from '../../../../lib/core/errors.js';
import { RedisBroker, RedisResults } from '../../../../lib/redis/index.js';
import { LiveInstance } from '../../../support/engine/live-instance.js';
import { RedisSentinel } from '../../../support/servers/redis-sentinel.js';
import { RedisServer } from '../../../support/servers/redis-server.js';
import { Site, WITHIN_SECONDS } from './site.js';

it('a master that becomes a replica is said to be one, and worked with again afterwards', async () => {
  const site = await Site.open();
  const other = await RedisServer.start();
  onTestFinished(() => other.stop());
  const admin = site.admin();
  const { client } = await site.producer();
  await site.worker();
  await (await client.enqueue('note', 'before')).result();
  await admin.config('SET', 'replica-serve-stale-data', 'yes');
  await admin.replicaof('127.0.0.1', 1);
  const refused = await client.enqueue('note', 'lost').catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(BrokerUnavailableError);
  expect(String(refused)).toContain('READONLY');
  await admin.replicaof('NO', 'ONE');
  const handle = await vi.waitFor(() => client.enqueue('note', 'after'), WITHIN_SECONDS);
  expect(await handle.result({ timeout: WITHIN_SECONDS.timeout })).toBe('after');
});

it('work goes on after a Sentinel has named another master', async () => {
  const sentinel = await RedisSentinel.start();
  onTestFinished(() => sentinel.stop());
  const ran: string[] = [];
  const open = (role: 'producer' | 'worker'): LiveInstance => {
    const connection = { options: sentinel.options };
    const stores = { broker: new RedisBroker(connection), results: new RedisResults(connection) };
    return new LiveInstance(stores, { role }).task('note', (name: string) => void ran.push(name));
  };
  const { client } = await open('producer').connect();
  await open('worker').start();
  await (await client.enqueue('note', 'before')).result();
  await sentinel.master.kill();
  const handle = await vi.waitFor(() => client.enqueue('note', 'after'), WITHIN_SECONDS);
  await handle.result({ timeout: WITHIN_SECONDS.timeout });
  expect(ran).toEqual(['before', 'after']);
});

it('a server that is still loading its data is waited for', async () => {
  const site = await Site.open(['--save', '', '--appendonly', 'yes', '--key-load-delay', '500']);
  const { client } = await site.producer();
  await site.worker();
  await site.admin().eval(`for i = 1, 3000 do redis.call('SET', 'filler' .. i, i) end`, 0);
  await (await client.enqueue('note', 'before')).result();
  // The server says that it is ready once it has loaded.
  const restarted = site.server.restart();
  const handle = await vi.waitFor(() => client.enqueue('note', 'after'), WITHIN_SECONDS);
  await restarted;
  expect(await handle.result({ timeout: WITHIN_SECONDS.timeout })).toBe('after');
});
