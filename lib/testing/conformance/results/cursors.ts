import assert from 'node:assert/strict';
import type { JobRecord } from '../../../core/ports/record.js';
import type { Results } from '../../../core/ports/results.js';
import { put, walk } from './asserting.js';
import { aJob, finished, idsOf } from './records.js';
import type { ResultsCases } from './results-world.js';

const SUCCESSFUL = { status: 'successful' } as const;

async function putAll(results: Results, records: readonly JobRecord[]): Promise<void> {
  const replies = await results.put(records.map((record) => ({ record, expect: 0 })));
  assert.ok(replies.every(({ stored }) => stored));
}

/** Ten jobs, `job-9` finished last, and the first page of four of them. */
async function tenWithFirstPage(results: Results) {
  await putAll(
    results,
    idsOf(10).map((id, index) => finished(id, 100 + index)),
  );
  const { items, next } = await results.page(SUCCESSFUL, { limit: 4 });
  assert.deepEqual(
    items.map(({ id }) => id),
    ['job-9', 'job-8', 'job-7', 'job-6'],
  );
  assert.ok(next !== undefined);
  const rest = async (): Promise<string[]> => {
    const page = await results.page(SUCCESSFUL, { cursor: next, limit: 100 });
    assert.equal(page.next, undefined);
    return page.items.map(({ id }) => id);
  };
  return { rest, lastOfPage: 'job-6' };
}

export const cursors: ResultsCases = {
  async 'goes on where the page before ended'({ results }) {
    const { rest } = await tenWithFirstPage(results);

    assert.deepEqual(await rest(), idsOf(10).slice(0, 6).reverse());
  },

  async 'ends with the last record, also where that fills its page'({ results }) {
    await putAll(
      results,
      idsOf(6).map((id, index) => finished(id, index + 1)),
    );

    for (const limit of [1, 2, 3, 4, 6, 7])
      assert.deepEqual(await walk(results, SUCCESSFUL, limit), idsOf(6).reverse());
    assert.equal((await results.page(SUCCESSFUL, { limit: 6 })).next, undefined);
  },

  async 'shows each of those that finished at one instant once'({ results }) {
    await putAll(
      results,
      idsOf(50).map((id) => finished(id, 7)),
    );

    for (const limit of [1, 7, 49])
      assert.deepEqual((await walk(results, SUCCESSFUL, limit)).sort(), idsOf(50));
  },

  async 'is not moved by jobs that finish meanwhile'({ results }) {
    const { rest } = await tenWithFirstPage(results);
    await putAll(
      results,
      idsOf(5, 'new').map((id, index) => finished(id, 200 + index)),
    );

    assert.deepEqual(await rest(), idsOf(10).slice(0, 6).reverse());
  },

  async 'is not moved when what it has shown goes, the last of it too'({ results }) {
    const { rest, lastOfPage } = await tenWithFirstPage(results);
    await results.delete(['job-8', lastOfPage].map((id) => ({ id, generation: 1 })));

    assert.deepEqual(await rest(), idsOf(10).slice(0, 6).reverse());
  },

  async 'is not moved when the last that it has shown is opened again'({ results }) {
    const { rest, lastOfPage } = await tenWithFirstPage(results);
    const [found] = await results.get([lastOfPage]);
    await put(results, aJob(lastOfPage, { generation: 2 }), found?.revision);

    assert.deepEqual(await rest(), idsOf(10).slice(0, 6).reverse());
  },

  async 'is not moved when more is noted of one that finished at the same instant'({ results }) {
    await putAll(
      results,
      idsOf(9).map((id) => finished(id, 7)),
    );
    const first = await results.page(SUCCESSFUL, { limit: 3 });
    const shown = first.items.map(({ id }) => id);
    for (const id of idsOf(9)) {
      const [found] = await results.get([id]);
      await put(results, finished(id, 7, { dispatched: true }), found?.revision);
    }

    const rest = await results.page(SUCCESSFUL, { cursor: first.next, limit: 9 });

    assert.deepEqual([...shown, ...rest.items.map(({ id }) => id)].sort(), idsOf(9));
  },

  async 'leaves out what goes before its page comes'({ results }) {
    const { rest } = await tenWithFirstPage(results);
    await results.delete(['job-5', 'job-2', 'job-0'].map((id) => ({ id, generation: 1 })));

    assert.deepEqual(await rest(), ['job-4', 'job-3', 'job-1']);
  },
};
