import assert from 'node:assert/strict';
import { put, read } from './asserting.js';
import { aJob, finished } from './records.js';
import type { ResultsCases } from './results-world.js';

const NOTHING = { successful: 0, failed: 0, cancelled: 0 };

export const counts: ResultsCases = {
  async 'counts nothing at first, and nothing for a queue that nobody knows'({ results }) {
    assert.deepEqual(await results.counts(), NOTHING);
    await put(results, finished('a', 1));

    assert.deepEqual(await results.counts('nobody'), NOTHING);
  },

  async 'counts finished jobs by status, of one queue and of all'({ results }) {
    await put(results, finished('a', 1, { queue: 'x' }));
    await put(results, finished('b', 2, { queue: 'x' }));
    await put(results, finished('c', 3, { queue: 'x', status: 'failed' }));
    await put(results, finished('d', 4, { queue: 'y', status: 'cancelled' }));

    assert.deepEqual(await results.counts('x'), { successful: 2, failed: 1, cancelled: 0 });
    assert.deepEqual(await results.counts('y'), { successful: 0, failed: 0, cancelled: 1 });
    assert.deepEqual(await results.counts(), { successful: 2, failed: 1, cancelled: 1 });
  },

  async 'does not count what has not finished'({ results }) {
    for (const status of ['queued', 'processing', 'retrying'] as const)
      await put(results, aJob(status, { status }));

    assert.deepEqual(await results.counts(), NOTHING);
    assert.deepEqual(await results.counts('mail'), NOTHING);
  },

  async 'follows a job from one status to the next'({ results }) {
    const first = await put(results, finished('a', 1, { status: 'failed' }));
    const second = await put(results, aJob('a', { generation: 2 }), first);
    assert.deepEqual(await results.counts('mail'), NOTHING);

    const third = await put(results, finished('a', 2, { generation: 2 }), second);
    assert.deepEqual(await results.counts('mail'), { ...NOTHING, successful: 1 });

    await put(results, finished('a', 2, { generation: 2, dispatched: true }), third);
    assert.deepEqual(await results.counts('mail'), { ...NOTHING, successful: 1 });
    assert.deepEqual(await results.counts(), { ...NOTHING, successful: 1 });
  },

  async 'follows a job from one queue to another'({ results }) {
    const revision = await put(results, finished('a', 1, { queue: 'x' }));

    await put(results, finished('a', 1, { queue: 'y' }), revision);

    assert.deepEqual(await results.counts('x'), NOTHING);
    assert.deepEqual(await results.counts('y'), { ...NOTHING, successful: 1 });
    assert.deepEqual(await results.counts(), { ...NOTHING, successful: 1 });
  },

  async 'counts nothing for a write that was refused'({ results }) {
    const revision = await put(results, finished('a', 1));

    await results.put([
      { record: finished('a', 1), expect: 0 },
      { record: finished('b', 1), expect: revision },
    ]);

    assert.deepEqual(await results.counts(), { ...NOTHING, successful: 1 });
    assert.equal((await read(results, 'a'))?.revision, revision);
  },
};
