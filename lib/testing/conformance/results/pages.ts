import assert from 'node:assert/strict';
import { assertRecord, put, walk } from './asserting.js';
import { aJob, finished } from './records.js';
import type { ResultsCases } from './results-world.js';

const SUCCESSFUL = { status: 'successful' } as const;

export const pages: ResultsCases = {
  async 'shows nothing where nothing is'({ results }) {
    for (const status of [
      'queued',
      'processing',
      'retrying',
      'successful',
      'failed',
      'cancelled',
    ] as const)
      assert.deepEqual((await results.page({ status }, { limit: 10 })).items, []);
  },

  async 'shows whole records'({ results }) {
    const record = finished('a', 5, { logs: ['one'] });
    await put(results, record);

    const { items } = await results.page(SUCCESSFUL, { limit: 10 });

    assert.equal(items.length, 1);
    assertRecord(items[0], record);
  },

  async 'shows the latest finish first'({ results }) {
    const finishes = { c: 10, a: 20, e: 30, b: 40, d: 50 };
    for (const [id, at] of Object.entries(finishes)) await put(results, finished(id, at));

    assert.deepEqual(await walk(results, SUCCESSFUL), ['d', 'b', 'e', 'a', 'c']);
  },

  async 'shows what was told in another order than it finished, each once'({ results }) {
    const finishes = { c: 30, a: 10, e: 50, b: 20, d: 40 };
    for (const [id, at] of Object.entries(finishes)) await put(results, finished(id, at));

    for (const limit of [1, 2, 5])
      assert.deepEqual((await walk(results, SUCCESSFUL, limit)).sort(), ['a', 'b', 'c', 'd', 'e']);
  },

  async 'keeps a finished job in its place when more is noted of it'({ results }) {
    const revision = await put(results, finished('a', 10));
    await put(results, finished('b', 20));
    await put(results, finished('a', 10, { dispatched: true }), revision);

    assert.deepEqual(await walk(results, SUCCESSFUL), ['b', 'a']);
    const { items } = await results.page(SUCCESSFUL, { limit: 2 });
    assert.equal(items[1]?.dispatched, true);
  },

  async 'shows each job under its latest status alone'({ results }) {
    let revision = 0;
    for (const status of ['queued', 'processing', 'retrying', 'cancelled', 'failed'] as const) {
      const isFinal = status === 'cancelled' || status === 'failed';
      const record = aJob('a', { status, finishedAt: isFinal ? 5 : undefined });
      revision = await put(results, record, revision);

      for (const other of ['queued', 'processing', 'retrying', 'cancelled', 'failed'] as const)
        assert.deepEqual(await walk(results, { status: other }), other === status ? ['a'] : []);
    }
  },

  async 'brings a job that is retried by hand back on top once it has finished again'({ results }) {
    const first = await put(results, finished('a', 10, { status: 'failed' }));
    await put(results, finished('b', 20, { status: 'failed' }));
    const second = await put(results, aJob('a', { generation: 2 }), first);
    assert.deepEqual(await walk(results, { status: 'failed' }), ['b']);

    await put(results, finished('a', 30, { generation: 2, status: 'failed' }), second);

    assert.deepEqual(await walk(results, { status: 'failed' }), ['a', 'b']);
  },

  async 'shows unfinished jobs by their latest write'({ results }) {
    const revision = await put(results, aJob('a'));
    for (const id of ['b', 'c']) await put(results, aJob(id));
    assert.deepEqual(await walk(results, { status: 'processing' }, 2), ['c', 'b', 'a']);

    await put(results, aJob('a', { progress: new Uint8Array([1]) }), revision);

    assert.deepEqual(await walk(results, { status: 'processing' }, 2), ['a', 'c', 'b']);
  },
};
