import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { LeaseLostError } from '../../../../lib/core/errors.js';
import { messageOf, openSite, SiteWorker } from './broker-site.js';

const site = openSite();

it('goes on by itself after the server has lost everything: queues have other numbers then', async () => {
  const prefix = randomUUID();
  const [broker, other] = [await site.broker(prefix), await site.broker(prefix)];
  await broker.enqueue([messageOf('a', { queue: 'first' }), messageOf('b', { queue: 'second' })]);
  const worker = await SiteWorker.open(broker);
  await site.admin.flushall();
  await expect(worker.claim(1)).rejects.toThrow(LeaseLostError);
  // Now the second has the number of the first.
  await other.enqueue([messageOf('c', { queue: 'second' })]);

  expect(await broker.enqueue([messageOf('a', { queue: 'first' })])).toEqual(['stored']);
  const two = ['d', 'e'].map((id) => messageOf(id, { queue: 'second' }));
  expect(await broker.enqueue(two)).toEqual(['stored', 'stored']);
  const next = await SiteWorker.open(broker);
  const claimed = async (queue: string): Promise<readonly string[]> => {
    const { deliveries } = await next.work({ claims: [{ queue, slots: 9, ahead: 0 }] });
    return deliveries.map(({ id }) => id);
  };
  expect(await claimed('first')).toEqual(['a']);
  expect(await claimed('second')).toEqual(['c', 'd', 'e']);
});

it('hands on the wake-up that a lost session took', async () => {
  const prefix = randomUUID();
  const [broker, other] = [await site.broker(prefix), await site.broker(prefix)];
  const [lost, alive] = [await SiteWorker.open(broker), await SiteWorker.open(other)];
  const blocked = async (): Promise<string> => await site.admin.info('clients');
  const refusal = lost.claim(1, 20_000).catch((error: unknown) => error);
  await expect.poll(blocked).toContain('blocked_clients:1');
  const reply = alive.claim(1, 20_000);
  await expect.poll(blocked).toContain('blocked_clients:2');
  await site.admin.del(`{${prefix}}:b:session:${lost.session}`);
  const before = performance.now();
  await other.enqueue([messageOf('a')]);
  expect(await refusal).toBeInstanceOf(LeaseLostError);
  expect((await reply).map(({ id }) => id)).toEqual(['a']);
  expect(performance.now() - before, 'it found it only as its block timed out').toBeLessThan(3_000);
});
