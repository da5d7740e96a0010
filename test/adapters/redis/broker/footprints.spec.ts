import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { idsOf, messageOf, openSite, SiteWorker } from './broker-site.js';

const site = openSite();

/** What is called from outside a script. */
async function calls(...commands: readonly string[]): Promise<number> {
  const stats = await site.admin.info('commandstats');
  const counted = commands.map(
    (command) => new RegExp(`cmdstat_${command}:calls=(\\d+)`).exec(stats)?.[1] ?? 0,
  );
  return counted.reduce<number>((sum, count) => sum + Number(count), 0);
}

it('leaves the server alone while it waits', async () => {
  const broker = await site.broker();
  const worker = await SiteWorker.open(broker);
  const stop = new AbortController();
  const claims = [{ queue: 'orders', slots: 1, ahead: 0 }];
  const reply = worker.work({ claims, waitMs: 4_000, signal: stop.signal });
  await expect.poll(async () => await site.admin.info('clients')).toContain('blocked_clients:1');
  const before = await calls('evalsha', 'eval', 'blpop');
  await broker.enqueue([messageOf('elsewhere', { queue: 'other' })]);
  await broker.enqueue([messageOf('later', { delayMs: 60_000 })]);
  stop.abort();
  expect((await reply).deliveries).toEqual([]);
  // Numbering the queue, the two that came in, the look at the later one, the stop and its answer.
  expect((await calls('evalsha', 'eval', 'blpop')) - before).toBeLessThanOrEqual(16);
});

it('opens no connection that blocks before somebody waits, and lends it again', async () => {
  const broker = await site.broker();
  const blocking = async (): Promise<number> =>
    String(await site.admin.client('LIST')).split('name=tasqueue-blocking').length - 1;
  await broker.enqueue([messageOf('a')]);
  const worker = await SiteWorker.open(broker);
  expect(await worker.claim(1, 1_000)).toHaveLength(1);
  const before = await blocking();
  for (let turn = 0; turn < 3; turn += 1) expect(await worker.claim(1, 30)).toEqual([]);
  expect(await blocking()).toBe(before + 1);
});

it('leaves nothing of jobs that are done, of sessions that left, and of queues that are empty', async () => {
  const prefix = randomUUID();
  const broker = await site.broker(prefix);
  const worker = await SiteWorker.open(broker);
  await broker.enqueue([
    ...idsOf(50).map((id, index) => messageOf(id, { priority: index % 3 })),
    messageOf('plan', { kind: 'plan' }),
    messageOf('later', { delayMs: 60_000 }),
    messageOf('nightly', { kind: 'schedule', delayMs: 60_000 }),
  ]);
  await broker.remove(['job-7', 'later', 'nightly'].map((id) => ({ id, generation: 1 })));
  const first = await worker.claim(20);
  const settle = first.map(({ receipt }, index) =>
    index % 2 === 0
      ? ({ kind: 'ack', receipt } as const)
      : ({ kind: 'release', receipt, started: true } as const),
  );
  await worker.work({ settle });
  for (let rest = await worker.claim(100); rest.length > 0; rest = await worker.claim(100))
    await worker.ack(rest);
  expect(await worker.claim(1, 50)).toEqual([]);
  await broker.leave(worker.session);
  expect(await broker.inspect.queues()).toEqual([]);
  const keys = await site.admin.keys(`{${prefix}}*`);
  expect(keys.toSorted()).toEqual([`{${prefix}}:b:count`, `{${prefix}}:b:queue-count`]);
});
