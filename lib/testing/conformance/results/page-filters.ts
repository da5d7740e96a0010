import assert from 'node:assert/strict';
import type { Results } from '../../../core/ports/results.js';
import { walk } from './asserting.js';
import { aJob, finished, idsOf } from './records.js';
import type { ResultsCases } from './results-world.js';

const MANY = 3_000;

/** Twelve jobs, finished at 0, 10, … 110: queues `x` and `y` in turn, tasks `s`, `t` and `u` too. */
async function twelve(results: Results): Promise<void> {
  const records = idsOf(12).map((id, index) =>
    finished(id, index * 10, {
      queue: index % 2 === 0 ? 'x' : 'y',
      task: ['s', 't', 'u'][index % 3] ?? 's',
    }),
  );
  await results.put(records.map((record) => ({ record, expect: 0 })));
}

export const pageFilters: ResultsCases = {
  async 'shows the jobs of one queue'({ results }) {
    await twelve(results);

    for (const limit of [1, 2, 6, 10]) {
      const ids = await walk(results, { status: 'successful', queue: 'y' }, limit);
      assert.deepEqual(ids, ['job-11', 'job-09', 'job-07', 'job-05', 'job-03', 'job-01']);
    }
    assert.deepEqual(await walk(results, { status: 'successful', queue: 'z' }), []);
    assert.deepEqual(await walk(results, { status: 'failed', queue: 'y' }), []);
  },

  async 'shows the jobs of one task'({ results }) {
    await twelve(results);

    const ids = await walk(results, { status: 'successful', task: 't' }, 3);

    assert.deepEqual(ids, ['job-10', 'job-07', 'job-04', 'job-01']);
  },

  async 'shows those that finished before an instant, not at it'({ results }) {
    await twelve(results);

    assert.deepEqual(await walk(results, { status: 'successful', before: 30 }, 2), [
      'job-02',
      'job-01',
      'job-00',
    ]);
    assert.deepEqual(await walk(results, { status: 'successful', before: 0 }), []);
    assert.equal((await walk(results, { status: 'successful', before: 111 })).length, 12);
  },

  async 'shows what passes all that is asked'({ results }) {
    await twelve(results);

    const filter = { status: 'successful', queue: 'x', task: 's', before: 60 } as const;
    assert.deepEqual(await walk(results, filter, 1), ['job-00']);
    assert.deepEqual(await walk(results, { ...filter, before: 61 }, 1), ['job-06', 'job-00']);
  },

  async 'takes a page on with the filter of the page before'({ results }) {
    await twelve(results);
    const filter = { status: 'successful', queue: 'x', before: 100 } as const;

    const first = await results.page(filter, { limit: 2 });
    const second = await results.page(filter, { cursor: first.next, limit: 2 });

    assert.deepEqual(
      [...first.items, ...second.items].map(({ id }) => id),
      ['job-08', 'job-06', 'job-04', 'job-02'],
    );
  },

  async 'shows unfinished jobs of a queue or a task, but never as finished before'({ results }) {
    const records = idsOf(4).map((id, index) =>
      aJob(id, { status: 'retrying', retryAt: 1, queue: index < 2 ? 'x' : 'y', task: id }),
    );
    await results.put(records.map((record) => ({ record, expect: 0 })));

    assert.deepEqual(await walk(results, { status: 'retrying', queue: 'x' }), ['job-1', 'job-0']);
    assert.deepEqual(await walk(results, { status: 'retrying', task: 'job-2' }), ['job-2']);
    assert.deepEqual(await walk(results, { status: 'retrying', before: 1e15 }), []);
  },

  async 'finds the one among thousands, however many calls that takes'({ results }) {
    const records = idsOf(MANY).map((id, index) =>
      finished(id, index, { task: index === 5 ? 'rare' : 'common' }),
    );
    await results.put(records.map((record) => ({ record, expect: 0 })));

    assert.deepEqual(await walk(results, { status: 'successful', task: 'rare' }), ['job-0005']);
    assert.equal((await walk(results, { status: 'successful' }, 100)).length, MANY);
  },
};
