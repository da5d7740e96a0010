import { expect, it } from 'vitest';
import { idsOf, messageOf, openSite, SiteWorker } from './broker-site.js';

const site = openSite();
const idsIn = (deliveries: readonly { id: string }[]): readonly string[] =>
  deliveries.map(({ id }) => id);

it('puts many that were claimed at once back in their old order, time after time', async () => {
  const broker = await site.broker();
  const ids = idsOf(533);
  await broker.enqueue(ids.map((id) => messageOf(id)));
  for (const slots of [1, 333, 1_000, 1_000]) {
    const worker = await SiteWorker.open(broker);
    expect(idsIn(await worker.claim(slots))).toEqual(ids.slice(0, slots));
    await broker.leave(worker.session);
  }
});

it('takes no receipt of an earlier claim for that of a later one', async () => {
  const broker = await site.broker();
  const worker = await SiteWorker.open(broker);
  await broker.enqueue(['a', 'b'].map((id) => messageOf(id)));
  const first = await worker.claim(2);
  await worker.work({
    settle: first.map(({ receipt }) => ({ kind: 'release', receipt, started: false })),
  });
  const again = await worker.claim(2);
  expect(await worker.ack(first)).toEqual(first.map(({ receipt }) => receipt));
  expect(await worker.ack(again)).toEqual([]);
});
