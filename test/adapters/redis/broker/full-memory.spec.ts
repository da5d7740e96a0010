import { expect, it } from 'vitest';
import { BrokerUnavailableError } from '../../../../lib/core/errors.js';
import { idsOf, messageOf, openSite, SiteWorker } from './broker-site.js';

const site = openSite();

it('refuses jobs while memory is full, and lets workers go on, which make room', async () => {
  const broker = await site.broker();
  const worker = await SiteWorker.open(broker);
  const ids = idsOf(100);
  await broker.enqueue(ids.map((id) => messageOf(id)));
  const [first] = await worker.claim(1);
  await site.admin.config('SET', 'maxmemory', '1');
  const refused = [
    [messageOf('x')],
    [messageOf('x'), messageOf('y')],
    [messageOf('x', { delayMs: 9 })],
  ];
  for (const messages of refused)
    await expect(broker.enqueue(messages)).rejects.toThrow(BrokerUnavailableError);
  expect(await broker.find(['x', 'y'])).toEqual([undefined, undefined]);

  expect(await worker.ack(first ? [first] : [])).toEqual([]);
  await broker.beat(worker.session);
  const next = await SiteWorker.open(broker);
  const deliveries = await next.claim(100);
  expect(deliveries.map(({ id }) => id)).toEqual(ids.slice(1));
  await next.work({ started: deliveries.map(({ receipt }) => receipt) });
  expect(await next.claim(1, 30)).toEqual([]);
  await broker.leave(next.session);
  await site.admin.config('SET', 'maxmemory', '0');
  expect(await broker.inspect.counts('orders')).toMatchObject({ waiting: 99 });
  expect(await broker.enqueue([messageOf('x')])).toEqual(['stored']);
});
