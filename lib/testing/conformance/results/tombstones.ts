import assert from 'node:assert/strict';
import { assertRecord, assertTombstone, put, putInVain, read, walk } from './asserting.js';
import { aJob, aMark, aPlan, finished } from './records.js';
import type { ResultsCases } from './results-world.js';

export const tombstones: ResultsCases = {
  async 'turns a record into a tombstone'({ results }) {
    const before = await put(results, finished('a', 1));

    await results.delete([{ id: 'a', generation: 1 }]);

    const found = await read(results, 'a');
    assertTombstone(found, { id: 'a', generation: 1 });
    assert.notEqual(found?.revision, before);
  },

  async 'leaves a tombstone also where nothing was'({ results }) {
    await results.delete([{ id: 'a', generation: 4 }]);

    assertTombstone(await read(results, 'a'), { id: 'a', generation: 4 });
  },

  async 'gives a tombstone the higher of the two generations'({ results }) {
    await put(results, aJob('older', { generation: 2 }));
    await put(results, aJob('newer', { generation: 2 }));

    await results.delete([
      { id: 'older', generation: 5 },
      { id: 'newer', generation: 1 },
    ]);

    assertTombstone(await read(results, 'older'), { id: 'older', generation: 5 });
    assertTombstone(await read(results, 'newer'), { id: 'newer', generation: 2 });
  },

  async 'never lowers the generation by deleting again'({ results }) {
    for (const generation of [2, 1, 3, 2]) await results.delete([{ id: 'a', generation }]);

    assertTombstone(await read(results, 'a'), { id: 'a', generation: 3 });
  },

  async 'keeps out runs of the deleted generation and of older ones'({ results }) {
    await results.delete([{ id: 'a', generation: 2 }]);

    for (const generation of [1, 2]) {
      const current = await putInVain(results, aJob('a', { generation }));
      assertTombstone(current, { id: 'a', generation: 2 });
    }
    assertTombstone(await read(results, 'a'), { id: 'a', generation: 2 });
  },

  async 'keeps out a run that read its record before the deletion'({ results }) {
    const revision = await put(results, aJob('a'));
    await results.delete([{ id: 'a', generation: 1 }]);

    const current = await putInVain(results, finished('a', 1), revision);

    assertTombstone(current, { id: 'a', generation: 1 });
  },

  async 'keeps out the deleted generation even with the revision of its tombstone'({ results }) {
    await results.delete([{ id: 'a', generation: 2 }]);
    const revision = (await read(results, 'a'))?.revision;

    await putInVain(results, aJob('a', { generation: 2 }), revision);

    assertTombstone(await read(results, 'a'), { id: 'a', generation: 2 });
  },

  async 'gives way to the next generation'({ results }) {
    await put(results, finished('a', 1));
    await results.delete([{ id: 'a', generation: 1 }]);

    await put(results, aJob('a', { generation: 2 }));

    assertRecord((await read(results, 'a'))?.record, aJob('a', { generation: 2 }));
  },

  async 'takes deleted jobs out of pages and counts'({ results }) {
    for (const id of ['a', 'b']) await put(results, finished(id, 1));
    await put(results, aJob('running'));

    await results.delete(['a', 'running', 'nobody'].map((id) => ({ id, generation: 1 })));

    assert.deepEqual(await walk(results, { status: 'successful' }), ['b']);
    assert.deepEqual(await walk(results, { status: 'processing' }), []);
    assert.deepEqual(await results.counts(), { successful: 1, failed: 0, cancelled: 0 });
    assert.deepEqual(await results.counts('mail'), { successful: 1, failed: 0, cancelled: 0 });
  },

  async 'ignores what is said of a deleted plan'({ results }) {
    await results.plan([aPlan('p', ['a'])]);
    await results.delete([{ id: 'p', generation: 1 }]);

    assert.deepEqual(await results.mark([aMark('a')]), [undefined]);
    await results.dispatched([{ planId: 'p', ends: ['success'] }]);
    await results.release(['p']);
    assert.deepEqual(await results.plan([aPlan('p', ['a'])]), [undefined]);
    assertTombstone(await read(results, 'p'), { id: 'p', generation: 1 });
  },

  async 'starts a plan of the next generation anew'({ results }) {
    await results.plan([aPlan('p', ['a', 'b'])]);
    await results.mark([aMark('a')]);
    await results.delete([{ id: 'p', generation: 1 }]);
    await results.mark([aMark('b')]);

    const next = aPlan('p', ['a', 'b'], { generation: 2 });
    assert.deepEqual(await results.plan([next]), [{ members: 2, open: 2 }]);
    assertRecord((await read(results, 'p'))?.record, next);
  },

  async 'forgets what was said of a plan that is deleted before it came'({ results }) {
    await results.mark([aMark('a')]);
    await results.delete([{ id: 'p', generation: 1 }]);

    const next = aPlan('p', ['a'], { generation: 2 });
    assert.deepEqual(await results.plan([next]), [{ members: 1, open: 1 }]);
  },
};
