import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { InvalidOptionsError } from '../../../../lib/core/errors.js';
import { put, read, walk } from '../../../../lib/testing/conformance/results/asserting.js';
import {
  aJob,
  aPlan,
  finished,
  idsOf,
} from '../../../../lib/testing/conformance/results/records.js';
import { KEEP_ALL } from '../../../../lib/testing/conformance/results/results-world.js';
import { ManualClock } from '../../../../lib/testing/manual-clock.js';
import { ResultsScene } from './results-scene.js';

const HOUR_MS = 3_600_000;
const scene = new ResultsScene();

/** A store whose time is moved by hand. */
async function timed() {
  const clock = new ManualClock(Date.now());
  const prefix = randomUUID();
  const time = { clock, offsetMs: () => clock.elapsed() };
  const results = await scene.open({ prefix, time });
  const retain = (successful: { age?: number; count?: number }) =>
    results.connect({ retention: { ...KEEP_ALL, successful } });
  /** Writes what is no business of the test: that makes the store look for what has to go. */
  const stir = async () => {
    await clock.advance(2_000);
    const revision = (await read(results, 'stirred'))?.revision;
    for (let call = 0; call < 3; call += 1) await results.ping();
    await put(results, aJob('stirred'), revision);
    await results.ping();
  };
  return { results, clock, prefix, retain, stir };
}

describe('lists of finished jobs in Redis', () => {
  it('forget only as many of a batch as are beyond the count', async () => {
    const { results, clock, retain, stir } = await timed();
    await retain({ count: 7 });
    const ids = idsOf(20);
    await results.put(ids.map((id, at) => ({ record: finished(id, at + 1), expect: 0 })));
    await clock.advance(HOUR_MS);

    await stir();

    expect(await walk(results, { status: 'successful' }, 3)).toEqual(ids.slice(-7).reverse());
    expect((await results.counts()).successful).toBe(7);
  });

  it('keep ids apart, of one length and of several', async () => {
    const { results, retain } = await timed();
    await retain({});
    const same = Array.from({ length: 70 }, (_, at) => `${10 + at}-\u00FC`);
    const ids = [...same, ...idsOf(7), 'last'];
    await results.put(ids.map((id, at) => ({ record: finished(id, at + 1), expect: 0 })));

    expect(await walk(results, { status: 'successful' }, 9)).toEqual(ids.toReversed());
  });

  it('keep a job that failed again, although it is named where it failed first', async () => {
    const { results, clock, retain, stir } = await timed();
    await results.connect({ retention: { ...KEEP_ALL, failed: { age: HOUR_MS } } });
    const failed = (generation: number) =>
      finished('a', generation, { status: 'failed', generation });
    const first = await put(results, failed(1));
    const second = await put(results, aJob('a', { generation: 2 }), first);
    await clock.advance(HOUR_MS / 2);
    await put(results, failed(2), second);
    await clock.advance(HOUR_MS / 2);

    await stir();
    expect(await walk(results, { status: 'failed' })).toEqual(['a']);

    await clock.advance(HOUR_MS / 2);
    await stir();
    expect(await read(results, 'a')).toBeUndefined();
    await retain({});
  });

  it('catch up with many in small portions', async () => {
    const { results, clock, prefix, retain, stir } = await timed();
    await retain({ age: 0 });
    const writes = idsOf(2_500).map((id, at) => ({ record: finished(id, at + 1), expect: 0 }));
    await results.put(writes);
    await clock.advance(HOUR_MS);

    for (let turn = 0; turn < 10; turn += 1) await stir();

    expect((await results.counts()).successful).toBe(0);
    expect(Number(await scene.redis.hget(`{${prefix}}:r:s`, 'due'))).toBeGreaterThan(Date.now());
    expect((await results.get(idsOf(2_500))).filter(Boolean)).toEqual([]);
  });

  it('do not grow with what is deleted behind a job that stays', async () => {
    const { results, clock, prefix, retain, stir } = await timed();
    await retain({ count: 1_000 });
    await put(results, finished('stays', 1));
    const ids = idsOf(3_000);
    await Promise.all(ids.map((id, at) => put(results, finished(id, at + 2))));
    await results.delete(ids.map((id) => ({ id, generation: 1 })));
    await put(results, finished('last', 4_000));
    await clock.advance(HOUR_MS);

    for (let turn = 0; turn < 10; turn += 1) await stir();

    expect(await walk(results, { status: 'successful' })).toEqual(['last', 'stays']);
    expect(await scene.redis.xlen(`{${prefix}}:r:l:s`)).toBeLessThanOrEqual(1_002);
  });

  it('make room also on a server that is full', async () => {
    const { results, clock, retain, stir } = await timed();
    await retain({ age: HOUR_MS });
    await results.plan([aPlan('p', ['member'])]);
    await put(results, finished('member', 1, { planId: 'p' }));
    await put(results, finished('a', 2));
    await clock.advance(HOUR_MS);
    await scene.redis.config('SET', 'maxmemory', '1');

    await stir().catch(() => undefined);
    await results.ping();

    const [a, member] = await results.get(['a', 'member']);
    await scene.redis.config('SET', 'maxmemory', '0');
    expect(a).toBeUndefined();
    expect(member).toBeDefined();
  });

  it('page through members of an open plan that outlived their retention, each once', async () => {
    const { results, clock, retain, stir } = await timed();
    await retain({ age: HOUR_MS });
    await results.plan([aPlan('p', idsOf(40))]);
    const members = idsOf(40).map((id, at) => finished(id, at + 1, { planId: 'p' }));
    await results.put(members.map((record) => ({ record, expect: 0 })));
    await clock.advance(2 * HOUR_MS);
    await stir();
    const later = idsOf(5, 'later').map((id) => ({ record: finished(id, 100), expect: 0 }));
    await results.put(later);

    const expected = [...idsOf(5, 'later').reverse(), ...idsOf(40).reverse()];
    for (const limit of [1, 7, 40, 45])
      expect(await walk(results, { status: 'successful' }, limit)).toEqual(expected);

    await retain({});
    await results.release(['p']);
    await stir();
    expect(await walk(results, { status: 'successful' })).toEqual(expected);

    await retain({ age: HOUR_MS });
    for (let turn = 0; turn < 3; turn += 1) await stir();
    expect(await walk(results, { status: 'successful' })).toEqual(idsOf(5, 'later').reverse());
  });

  it('leave no names behind of what was deleted', async () => {
    const { results, clock, prefix, stir } = await timed();
    const ids = idsOf(100);
    await results.put(ids.map((id, at) => ({ record: finished(id, at + 1), expect: 0 })));
    await results.delete(ids.map((id) => ({ id, generation: 1 })));
    await clock.advance(HOUR_MS);

    await stir();
    await stir();

    expect(await scene.redis.xlen(`{${prefix}}:r:l:s`)).toBe(0);
    expect(await scene.redis.xlen(`{${prefix}}:r:l:t`)).toBe(0);
    expect(await scene.redis.hkeys(`{${prefix}}:r:j`)).toEqual(['stirred']);
  });

  it('learn of the retention again from a client when the server has lost its data', async () => {
    const { results, clock, prefix, retain, stir } = await timed();
    await retain({ age: 0 });
    await scene.redis.del(`{${prefix}}:r:s`);
    await put(results, finished('a', 1));
    await clock.advance(HOUR_MS);

    for (let turn = 0; turn < 3; turn += 1) await stir();

    expect(await read(results, 'a')).toBeUndefined();
  });

  it('write twice in one call as if in two', async () => {
    const { results } = await timed();

    const replies = await results.put([
      { record: finished('a', 1), expect: 0 },
      { record: finished('a', 2), expect: 0 },
      { record: finished('b', 3), expect: 0 },
    ]);

    expect(replies.map(({ stored }) => stored)).toEqual([true, false, true]);
    expect(await walk(results, { status: 'successful' })).toEqual(['b', 'a']);
  });

  it('refuse what is no cursor', async () => {
    const { results } = await timed();
    for (const cursor of ['', 'page 2', '1', '1:', '-1:2', '1:2:3', '1e3:2'])
      await expect(results.page({ status: 'failed' }, { cursor, limit: 1 })).rejects.toThrow(
        InvalidOptionsError,
      );
  });
});
