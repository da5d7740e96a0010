import { describe, expect, it } from 'vitest';
import type { JobSearch } from '../../../lib/core/admin/search/search-types.js';
import { InvalidOptionsError } from '../../../lib/core/errors.js';
import { chain } from '../../../lib/core/spec/chain.js';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import { Scripted, scripted } from '../../support/engine/scripted.js';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Payloads of all pages. */
async function walk({ admin }: Scripted, request: JobSearch): Promise<unknown[]> {
  const seen: unknown[] = [];
  let cursor: string | undefined;
  do {
    const page = await admin.search({ ...request, cursor });
    expect(page.items.length).toBeLessThanOrEqual(request.limit ?? 50);
    seen.push(...page.items.map(({ payload }) => payload));
    cursor = page.next;
  } while (cursor !== undefined);
  return seen;
}

describe('admin search', () => {
  it('walks through a state of all queues, one after the other', async () => {
    const instance = await new Scripted().connect();
    for (const queue of ['b', 'a', 'c'])
      for (const n of numbers(3)) await instance.client.enqueue('give', `${queue}${n}`, { queue });
    const all = await walk(instance, { state: 'queued', limit: 2 });
    expect(all).toEqual(['a0', 'a1', 'a2', 'b0', 'b1', 'b2', 'c0', 'c1', 'c2']);
  });

  it('finds each job once, whatever its state', async () => {
    const instance = await scripted();
    await instance.client.enqueue('give', 'done');
    await instance.client.enqueue('fail', 'broken');
    await instance.client.enqueue('give', 'later', { delay: 5_000 });
    await instance.client.enqueue('fail', 'again', { maxRetries: 1, backoff: 5_000 });
    await instance.client.enqueue('hold', 'held');
    await instance.clock.advance(1_000);
    expect(await walk(instance, {})).toEqual(['held', 'later', 'again', 'broken', 'done']);
    expect(await walk(instance, { state: 'scheduled' })).toEqual(['later']);
    expect(await walk(instance, { state: 'retrying' })).toEqual(['again']);
    expect(await walk(instance, { state: 'processing' })).toEqual(['held']);
  });

  it.each([1, 3, 50])(
    'gives what matches in pages of %s, none twice and none left out',
    async (limit) => {
      const instance = await scripted();
      for (const n of numbers(40)) {
        await instance.client.enqueue('fail', { n, kind: n % 4 === 0 ? 'rare' : 'usual' });
        await instance.clock.advance(1);
      }
      const found = await walk(instance, { state: 'failed', query: 'payload.kind:rare', limit });
      const expected = numbers(40)
        .filter((n) => n % 4 === 0)
        .toReversed();
      expect(found).toEqual(expected.map((n) => ({ n, kind: 'rare' })));
    },
  );

  it('looks at no more than its budget, says how far it came, and goes on there', async () => {
    const instance = await new Scripted().connect();
    await instance.client.enqueueMany(numbers(30).map((n) => job('give', n)));
    const request = { state: 'queued', query: '"no such word"', budget: 10 } as const;
    const first = await instance.admin.search(request);
    expect(first).toMatchObject({ items: [], looked: 10, of: 30 });
    const second = await instance.admin.search({ ...request, cursor: first.next });
    expect(second).toMatchObject({ items: [], looked: 10, of: 30 });
    const third = await instance.admin.search({ ...request, cursor: second.next });
    expect(third).toMatchObject({ looked: 10, next: undefined });
  });

  it('asks by id, group and chain without a scan', async () => {
    const instance = await new Scripted().connect();
    await instance.client.enqueueMany(numbers(30).map((n) => job('give', n)));
    await instance.client.enqueue('give', 'mine', { id: 'x' });
    await instance.client.enqueueGroup(group([job('give', 1), job('give', 2)], { id: 'g' }));
    await instance.client.enqueueChain(chain([job('give', 3), job('give', 4)], { id: 'c' }));
    expect(await instance.admin.search({ query: 'id:x' })).toMatchObject({ looked: 1, of: 1 });
    expect(await walk(instance, { query: 'id:x' })).toEqual(['mine']);
    expect(await walk(instance, { query: 'id:nobody' })).toEqual([]);
    expect(await walk(instance, { query: 'group:g', limit: 1 })).toEqual([1, 2]);
    // The second step is not there yet.
    expect(await walk(instance, { query: 'chain:c' })).toEqual([3]);
    expect(await walk(instance, { query: 'group:g', state: 'failed' })).toEqual([]);
  });

  it('finds nothing by what the asker may not see', async () => {
    const { admin, client } = await new Scripted().connect();
    await client.enqueue('give', { secret: 'abc' });
    const seenAs = <Job extends object>(seen: Job): Job => ({ ...seen, payload: 'hidden' });
    expect((await admin.search({ query: 'abc' })).items).toHaveLength(1);
    expect((await admin.search({ query: 'abc', seenAs })).items).toHaveLength(0);
    expect(await admin.count({ query: 'abc', seenAs })).toMatchObject({ matched: 0 });
  });

  it('counts at once what the stores count, and the rest in steps', async () => {
    const instance = await new Scripted().connect();
    await instance.client.enqueueMany(numbers(25).map((n) => job('give', n % 5)));
    expect(await instance.admin.count()).toEqual({ matched: 25, looked: 25, of: 25 });
    const query = 'payload.x:1';
    expect(await instance.admin.count({ state: 'queued', query })).toMatchObject({ matched: 0 });
    const first = await instance.admin.count({ query: '1', budget: 15 });
    expect(first).toMatchObject({ looked: 15, of: 25 });
    const rest = await instance.admin.count({ query: '1', budget: 15, cursor: first.next });
    expect(rest).toMatchObject({ looked: 10, next: undefined });
  });

  it('refuses what cannot be asked', async () => {
    const { admin } = await new Scripted().connect();
    await expect(admin.search({ query: 'nope:x' })).rejects.toThrow(InvalidOptionsError);
    await expect(admin.search({ cursor: 'made up' })).rejects.toThrow("'next' of a search");
    await expect(admin.search({ limit: 0 })).rejects.toThrow(InvalidOptionsError);
  });
});
