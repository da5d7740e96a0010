import assert from 'node:assert/strict';
import { put, read, walk } from './asserting.js';
import { aJob, finished } from './records.js';
import { timeIn, type ResultsCases } from './results-world.js';
import {
  HORIZON_MS,
  KEEP_NONE,
  MINUTE_MS,
  assertForgotten,
  assertKept,
  finishNow,
  retain,
} from './time-travel.js';

const HOUR_MS = 60 * MINUTE_MS;

export const retention: ResultsCases = {
  async 'keeps whatever has finished until the horizon, whatever age and count say'(world) {
    await retain(world, { ...KEEP_NONE, failed: { count: 0 } });
    await finishNow(world, 'a');
    await put(world.results, finished('b', timeIn(world), { status: 'failed' }));

    await world.pass(HORIZON_MS - MINUTE_MS);
    await assertKept(world, 'a', 'b');

    await world.pass(MINUTE_MS);
    await assertForgotten(world, 'a', 'b');
  },

  async 'forgets what is older than its age, and nothing younger'(world) {
    await retain(world, { successful: { age: HOUR_MS } });
    await finishNow(world, 'old');
    await world.pass(HOUR_MS / 2);
    await finishNow(world, 'young');
    await assertKept(world, 'old', 'young');

    await world.pass(HOUR_MS / 2);

    await assertForgotten(world, 'old');
    await assertKept(world, 'young');
  },

  async 'forgets the oldest of those beyond the count'(world) {
    await retain(world, { successful: { count: 2 } });
    await finishNow(world, 'a', 'b', 'c', 'd');
    await world.pass(HORIZON_MS);

    await assertForgotten(world, 'a', 'b');
    await assertKept(world, 'c', 'd');
  },

  async 'goes by age or count, whichever is met first'(world) {
    await retain(world, { successful: { age: HOUR_MS, count: 2 } });
    await finishNow(world, 'a', 'b', 'c');
    await world.pass(HORIZON_MS);
    await assertForgotten(world, 'a');
    await assertKept(world, 'b', 'c');

    await world.pass(HOUR_MS);

    await assertForgotten(world, 'b', 'c');
  },

  async 'goes by the retention of each status'(world) {
    const { results } = world;
    await retain(world, { ...KEEP_NONE, failed: {} });
    for (const status of ['successful', 'failed', 'cancelled'] as const)
      await put(results, finished(status, timeIn(world), { status }));
    await world.pass(HORIZON_MS);

    await assertForgotten(world, 'successful', 'cancelled');
    await assertKept(world, 'failed');
    assert.deepEqual(await results.counts(), { successful: 0, failed: 1, cancelled: 0 });
  },

  async 'forgets nothing where neither age nor count is limited'(world) {
    await retain(world, {});
    await finishNow(world, 'a', 'b');
    await world.pass(1_000 * HOUR_MS);

    await assertKept(world, 'a', 'b');
  },

  async 'forgets nothing that has not finished'(world) {
    await retain(world, KEEP_NONE);
    for (const status of ['queued', 'processing', 'retrying'] as const)
      await put(world.results, aJob(status, { status }));
    await world.pass(1_000 * HOUR_MS);

    await assertKept(world, 'queued', 'processing', 'retrying');
  },

  async 'takes what it forgets out of pages and counts, and frees its id'(world) {
    const { results } = world;
    await retain(world, KEEP_NONE);
    await finishNow(world, 'a', 'b');
    await world.pass(HORIZON_MS);
    await assertForgotten(world, 'a', 'b');

    assert.deepEqual(await walk(results, { status: 'successful' }), []);
    assert.deepEqual(await results.counts(), { successful: 0, failed: 0, cancelled: 0 });
    assert.deepEqual(await results.counts('mail'), { successful: 0, failed: 0, cancelled: 0 });
    await put(results, aJob('a'));
  },

  async 'keeps a job that is retried by hand, and counts its age from its new finish'(world) {
    const { results } = world;
    await retain(world, { successful: { age: HOUR_MS }, failed: { age: HOUR_MS } });
    const first = await put(results, finished('a', timeIn(world), { status: 'failed' }));
    const second = await put(results, aJob('a', { generation: 2 }), first);
    await world.pass(2 * HOUR_MS);
    await assertKept(world, 'a');

    await put(results, finished('a', timeIn(world), { generation: 2 }), second);
    await world.pass(HOUR_MS / 2);
    await assertKept(world, 'a');

    await world.pass(HOUR_MS / 2);
    await assertForgotten(world, 'a');
  },

  async 'goes by the retention of the last that connected'(world) {
    await retain(world, KEEP_NONE);
    await retain(world, {});
    await finishNow(world, 'a');
    await world.pass(HORIZON_MS);
    await assertKept(world, 'a');

    await retain(world, KEEP_NONE);

    await assertForgotten(world, 'a');
  },

  async 'keeps a tombstone until the horizon, and no longer'(world) {
    const { results } = world;
    await results.delete([{ id: 'a', generation: 1 }]);
    await world.pass(HORIZON_MS - MINUTE_MS);
    await assertKept(world, 'a');

    await results.delete([{ id: 'b', generation: 1 }]);
    await world.pass(MINUTE_MS);

    await assertForgotten(world, 'a');
    assert.ok(await read(results, 'b'));
  },
};
