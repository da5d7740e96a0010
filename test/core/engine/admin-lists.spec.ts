import { describe, expect, it } from 'vitest';
import { InvalidOptionsError } from '../../../lib/core/errors.js';
import type { JobPage, JobPageRequest } from '../../../lib/core/admin/job-lists.js';
import { chain } from '../../../lib/core/spec/chain.js';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import { wrong } from '../../support/wrong.js';
import { Scripted, scripted } from '../../support/engine/scripted.js';

const QUEUE = 'tasqueue:tasks';
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const payloads = ({ items }: JobPage) => items.map(({ payload }) => payload);

type List = (page?: JobPageRequest) => Promise<JobPage>;

/** All pages; `between` is done after each. */
async function walk(list: List, limit: number, between = async (): Promise<unknown> => undefined) {
  const seen: unknown[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ cursor, limit });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    seen.push(...payloads(page));
    cursor = page.next;
    await between();
  } while (cursor !== undefined);
  return seen;
}

describe('admin lists', () => {
  it('show what waits, next to run first', async () => {
    const { client, admin } = await new Scripted().connect();
    await client.enqueueMany([job('give', 1), job('give', 2, { priority: 5 }), job('give', 3)]);
    await client.enqueue('give', 'elsewhere', { queue: 'other' });
    await client.enqueue('give', 'later', { delay: 1_000 });
    const page = await admin.pending(QUEUE);
    expect(payloads(page)).toEqual([2, 1, 3]);
    expect(page.next).toBeUndefined();
    expect(page.items[0]).toMatchObject({ status: 'queued', task: 'give', priority: 5 });
  });

  it('show what is delayed and what waits for a retry, next to run first', async () => {
    const instance = await scripted();
    const { client, admin } = instance;
    await client.enqueue('give', 'c', { delay: 30_000 });
    await client.enqueue('fail', 'b', { maxRetries: 1, backoff: 20_000 });
    await client.enqueue('give', 'a', { delay: 10_000 });
    await instance.quiet();
    const page = await admin.scheduled(QUEUE);
    expect(payloads(page)).toEqual(['a', 'b', 'c']);
    expect(page.items.map(({ status }) => status)).toEqual(['scheduled', 'retrying', 'scheduled']);
    // All that getJob shows, the lists show too.
    for (const item of page.items) expect(item).toEqual(await client.getJob(item.id));
  });

  it.each(['successful', 'failed', 'cancelled'] as const)(
    'show %s jobs, newest first',
    async (list) => {
      const instance = await scripted();
      const task = { successful: 'give', failed: 'fail', cancelled: 'hold' }[list];
      for (const n of numbers(5)) {
        const { id } = await instance.client.enqueue(task, n);
        await instance.clock.advance(1);
        if (list === 'cancelled') await instance.client.cancel(id);
      }
      const page = await instance.admin[list]();
      expect(payloads(page)).toEqual([4, 3, 2, 1, 0]);
      for (const item of page.items) expect(item).toEqual(await instance.client.getJob(item.id));
      expect(await walk((request) => instance.admin[list](request), 2)).toEqual([4, 3, 2, 1, 0]);
    },
  );

  it('leave groups and chains to their jobs', async () => {
    const { client, admin } = await new Scripted().connect();
    await client.enqueueGroup(group([job('give', 1), job('give', 2)]));
    await client.enqueueChain(chain([job('give', 3), job('give', 4)], { id: 'c' }));
    await client.enqueueGroup(group([job('give', 5)], { id: 'g' }));
    expect(payloads(await admin.pending(QUEUE))).toEqual([1, 2, 3, 5]);
    expect((await admin.stats(QUEUE)).queued).toBe(4);
  });

  it('go on where they were while jobs come and go', async () => {
    const { client, admin } = await new Scripted().connect();
    const handles = await client.enqueueMany(numbers(30).map((n) => job('give', n)));
    let deleted = 0;
    const seen = await walk(
      (page) => admin.pending(QUEUE, page),
      7,
      async () => {
        await client.enqueue('give', 'new');
        await client.enqueue('give', 'urgent', { priority: 9 });
        const handle = handles[deleted];
        deleted += 1;
        if (handle) await client.deleteJob(handle.id);
      },
    );
    const old = seen.filter((payload) => typeof payload === 'number');
    expect(old).toEqual(numbers(30));
    expect(seen).not.toContain('urgent');
  });

  it('of what has ended go on where they were while more ends and some is deleted', async () => {
    const instance = await scripted();
    const { client, admin } = instance;
    const handles = await client.enqueueMany(numbers(30).map((n) => job('give', n)));
    await instance.quiet();
    let deleted = 30;
    const seen = await walk(
      (page) => admin.successful(page),
      7,
      async () => {
        await client.enqueue('give', 'new');
        await instance.quiet();
        deleted -= 1;
        const handle = handles[deleted];
        if (handle) await client.deleteJob(handle.id);
      },
    );
    expect(seen).toEqual(numbers(30).toReversed());
  });

  it('hold 50 jobs a page unless told otherwise, and 1,000 at most', async () => {
    const { client, admin } = await new Scripted().connect();
    await client.enqueueMany(numbers(1_100).map((n) => job('give', n)));
    expect((await admin.pending(QUEUE)).items).toHaveLength(50);
    expect((await admin.pending(QUEUE, { limit: 5_000 })).items).toHaveLength(1_000);
  });

  it.each([
    [{ limit: 0 }],
    [{ limit: -1 }],
    [{ limit: 1.5 }],
    [{ limit: Number.NaN }],
    [{ cursor: 'not one of ours' }],
    [{ curser: 'x' }],
  ])('refuse the page %j', async (page) => {
    const { admin } = await scripted();
    await expect(admin.pending(QUEUE, wrong(page))).rejects.toThrow(InvalidOptionsError);
    await expect(admin.failed(wrong(page))).rejects.toThrow(InvalidOptionsError);
  });

  it('of a queue that nobody knows are empty', async () => {
    const { admin } = await scripted();
    expect(await admin.pending('unheard of')).toEqual({ items: [], next: undefined });
    expect(await admin.scheduled('unheard of')).toEqual({ items: [], next: undefined });
  });
});
