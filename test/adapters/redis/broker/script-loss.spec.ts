import { expect, it } from 'vitest';
import { idsOf, messageOf, openSite, SiteWorker } from './broker-site.js';

const site = openSite();

it('stores and gives each of many jobs although the server forgets its scripts again and again', async () => {
  const broker = await site.broker();
  const ids = idsOf(2_000);
  const calls = [];
  for (let from = 0; from < ids.length; from += 10) {
    calls.push(broker.enqueue(ids.slice(from, from + 10).map((id) => messageOf(id))));
    if (from % 100 === 0) calls.push(site.admin.script('FLUSH'));
  }
  const replies = (await Promise.all(calls)).filter((reply) => Array.isArray(reply)).flat();
  expect(replies).toEqual(ids.map(() => 'stored'));

  const worker = await SiteWorker.open(broker);
  const given: string[] = [];
  for (;;) {
    await site.admin.script('FLUSH');
    const deliveries = await worker.claim(150);
    if (deliveries.length === 0) break;
    given.push(...deliveries.map(({ id, body }) => `${id}=${Buffer.from(body).toString()}`));
    await site.admin.script('FLUSH');
    expect(await worker.ack(deliveries)).toEqual([]);
  }
  expect(new Set(given)).toEqual(new Set(ids.map((id) => `${id}=${id}`)));
  expect(given).toHaveLength(ids.length);
});

it('wakes a worker although the server has forgotten the script that was sent ahead', async () => {
  const broker = await site.broker();
  const worker = await SiteWorker.open(broker);
  const reply = worker.claim(1, 20_000);
  await expect.poll(async () => await site.admin.info('clients')).toContain('blocked_clients:1');
  await site.admin.script('FLUSH');
  await broker.enqueue([messageOf('a')]);
  expect((await reply).map(({ id }) => id)).toEqual(['a']);
});
