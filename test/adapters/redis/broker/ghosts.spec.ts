import { expect, it } from 'vitest';
import type { RedisBroker } from '../../../../lib/redis/index.js';
import { idsOf, messageOf, openSite, SiteWorker } from './broker-site.js';

const site = openSite();

async function shown(broker: RedisBroker, limit: number): Promise<readonly string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await broker.inspect.page('orders', 'waiting', { cursor, limit });
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.next;
  } while (cursor !== undefined);
  return ids;
}

const removal = (id: string): { id: string; generation: number } => ({ id, generation: 9 });

it('shows and gives what was removed and came back where it stands now, once', async () => {
  const broker = await site.broker();
  const worker = await SiteWorker.open(broker);
  await broker.enqueue(['a', 'b', 'c', 'd'].map((id) => messageOf(id)));
  for (let turn = 0; turn < 3; turn += 1) {
    await broker.remove(['a', 'c'].map(removal));
    await broker.enqueue([messageOf('c'), messageOf('a')]);
  }
  for (const limit of [1, 2, 3, 100])
    expect(await shown(broker, limit)).toEqual(['b', 'd', 'c', 'a']);
  expect(await broker.inspect.counts('orders')).toMatchObject({ waiting: 4 });
  expect((await worker.claim(3)).map(({ id }) => id)).toEqual(['b', 'd', 'c']);
  expect(await shown(broker, 10)).toEqual(['a']);
  expect((await worker.claim(3)).map(({ id }) => id)).toEqual(['a']);
});

it('does not take the ghost of one life for another that was moved, claimed or handed back', async () => {
  const broker = await site.broker();
  const worker = await SiteWorker.open(broker);
  await broker.enqueue(['a', 'b', 'c', 'd'].map((id) => messageOf(id)));
  await broker.remove(['b', 'c', 'd'].map(removal));
  await broker.enqueue([
    messageOf('b', { priority: 1 }),
    messageOf('c', { priority: 2 }),
    messageOf('d', { delayMs: 60_000 }),
  ]);
  const [held] = await worker.claim(1);
  expect(held?.id).toBe('c');
  expect(await shown(broker, 2)).toEqual(['b', 'a']);
  await worker.work({ settle: [{ kind: 'release', receipt: held?.receipt ?? '', started: true }] });
  expect(await shown(broker, 1)).toEqual(['c', 'b', 'a']);
  expect((await worker.claim(9)).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
});

it('walks over more removed jobs than one call may look at', async () => {
  const broker = await site.broker();
  const ids = idsOf(12_000);
  await broker.enqueue(ids.map((id) => messageOf(id)));
  await broker.remove(ids.slice(0, -2).map(removal));
  expect(await broker.inspect.counts('orders')).toMatchObject({ waiting: 2 });
  expect(await shown(broker, 10)).toEqual(ids.slice(-2));
  const worker = await SiteWorker.open(broker);
  expect((await worker.claim(5, 60_000)).map(({ id }) => id)).toEqual(ids.slice(-2));
});

it('goes by so many removed jobs in one call, and on at once for who waits', async () => {
  const broker = await site.broker();
  const ids = idsOf(32_001);
  await broker.enqueue(ids.map((id) => messageOf(id)));
  await broker.remove(ids.slice(0, -1).map(removal));
  const worker = await SiteWorker.open(broker);

  expect(await worker.claim(1)).toEqual([]);
  const begun = performance.now();
  expect((await worker.claim(1, 60_000)).map(({ id }) => id)).toEqual(ids.slice(-1));
  // One block lasts for three seconds.
  expect(performance.now() - begun).toBeLessThan(2_500);
});

it('gives a removed job that came again once, and where it came again', async () => {
  const broker = await site.broker();
  for (const id of ['a', 'a', 'b', 'a']) {
    await broker.enqueue([messageOf(id)]);
    await broker.remove([{ id, generation: 1 }]);
  }
  await broker.enqueue([messageOf('c'), messageOf('a')]);
  const worker = await SiteWorker.open(broker);

  expect((await worker.claim(10)).map(({ id }) => id)).toEqual(['c', 'a']);
  expect((await broker.inspect.counts('orders')).waiting).toBe(0);
});

it('shows jobs that came again far behind without a search for each', async () => {
  const broker = await site.broker();
  const again = idsOf(1_000);
  const messages = again.map((id) => messageOf(id));
  await broker.enqueue(messages);
  await broker.remove(again.map(removal));
  await broker.enqueue(messages);
  await broker.enqueue(Array.from({ length: 100_000 }, (_, at) => messageOf(`later-${at}`)));
  await site.admin.config('RESETSTAT');

  const first = await broker.inspect.page('orders', 'waiting', { limit: 300 });
  expect(first.items.map(({ id }) => id)).toEqual(again.slice(0, 300));
  expect(await site.admin.info('commandstats')).not.toContain('lpos');

  const { next: cursor } = first;
  const second = await broker.inspect.page('orders', 'waiting', { cursor, limit: 300 });
  expect(second.items[0]?.id).toBe(again[300]);
  const rest = second.items.map(({ id }) => id);
  expect(rest).toEqual(again.slice(300, 300 + rest.length));
});
