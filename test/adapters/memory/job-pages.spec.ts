import { describe, expect, it } from 'vitest';
import { MemoryResults } from '../../../lib/adapters/memory/memory-results.js';
import { InvalidOptionsError } from '../../../lib/core/errors.js';
import { finished, idsOf } from '../../../lib/testing/conformance/results/records.js';

describe('the pages of MemoryResults', () => {
  it('look at a bounded number of jobs per call, and go on from there', async () => {
    const results = new MemoryResults();
    const records = idsOf(25_000).map((id, index) =>
      finished(id, index, { task: index === 3 ? 'rare' : 'common' }),
    );
    await results.put(records.map((record) => ({ record, expect: 0 })));
    const filter = { status: 'successful', task: 'rare' } as const;

    const first = await results.page(filter, { limit: 10 });
    const second = await results.page(filter, { limit: 10, cursor: first.next });
    const third = await results.page(filter, { limit: 10, cursor: second.next });

    expect([first.items, second.items]).toEqual([[], []]);
    expect(third.items.map(({ id }) => id)).toEqual(['job-00003']);
    expect(third.next).toBeUndefined();
  });

  it('show the latest finish first, in whichever order it was told', async () => {
    const results = new MemoryResults();
    for (const [id, at] of Object.entries({ c: 30, a: 10, e: 50, b: 20, d: 40 }))
      await results.put([{ record: finished(id, at), expect: 0 }]);

    const { items } = await results.page({ status: 'successful' }, { limit: 5 });

    expect(items.map(({ id }) => id)).toEqual(['e', 'd', 'c', 'b', 'a']);
  });

  it('refuse what is no cursor', async () => {
    const results = new MemoryResults();

    await expect(
      results.page({ status: 'failed' }, { cursor: 'page 2', limit: 1 }),
    ).rejects.toThrow(InvalidOptionsError);
  });

  it('go by instants that are no whole milliseconds', async () => {
    const results = new MemoryResults();
    for (const [id, at] of [
      ['a', 1.25],
      ['b', 1.5],
      ['c', 1.75],
    ] as const)
      await results.put([{ record: finished(id, at), expect: 0 }]);

    const { next } = await results.page({ status: 'successful' }, { limit: 1 });
    const rest = await results.page({ status: 'successful' }, { limit: 5, cursor: next });

    expect(rest.items.map(({ id }) => id)).toEqual(['b', 'a']);
  });
});
