import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { aMark, aPlan, idsOf } from '../../../../lib/testing/conformance/results/records.js';
import { readPlan } from '../../../../lib/testing/conformance/results/asserting.js';
import { ResultsScene } from './results-scene.js';

const scene = new ResultsScene();

describe('groups and chains in Redis', () => {
  it('tell exactly one of two clients that the last of a thousand members has ended', async () => {
    const options = { prefix: randomUUID() };
    const [one, other] = [await scene.open(options), await scene.open(options)];
    const ids = idsOf(1_000);
    await one.plan([aPlan('p', ids)]);

    const progress = await Promise.all(
      ids.map((id, index) => (index % 2 === 0 ? one : other).mark([aMark(id)])),
    );

    const open = progress.map(([state]) => state?.open);
    expect(open.filter((count) => count === 0)).toHaveLength(1);
    expect(new Set(open).size).toBe(1_000);
  });

  it('hold ten thousand members, whichever come twice', async () => {
    const prefix = randomUUID();
    const results = await scene.open({ prefix });
    const ids = idsOf(10_000);
    const plan = aPlan('p', [...ids, 'job-0000', 'job-0001']);

    expect(await results.plan([plan])).toEqual([{ members: 10_002, open: 10_002 }]);
    // What was stored piece by piece does not go by itself any more.
    expect(await scene.redis.pttl(`{${prefix}}:r:i:p`)).toBe(-1);
    await results.mark(ids.slice(1).map((id) => aMark(id, { status: 'failed' })));

    expect((await readPlan(results)).marks.filter((mark) => mark === 'open')).toHaveLength(2);
    expect(await results.mark([aMark('job-0000')])).toEqual([{ members: 10_002, open: 0 }]);
    const { memberIds, marks } = await readPlan(results);
    expect(memberIds).toEqual(plan.memberIds);
    expect([marks[0], marks[1], marks[10_000], marks[10_001]]).toEqual([
      'successful',
      'failed',
      'successful',
      'failed',
    ]);
  });

  it('are brought along by a mark that asks for them, small and large ones', async () => {
    const results = await scene.open({ prefix: randomUUID() });
    await results.plan([aPlan('p', ['p:0', 'p:1']), aPlan('large', idsOf(400))]);

    const [small, large] = await results.mark([
      aMark('p:1', { show: 'always' }),
      aMark('job-001', { planId: 'large', show: 'always' }),
    ]);

    expect(small?.plan).toEqual(await readPlan(results));
    expect(large?.plan).toEqual(await readPlan(results, 'large'));
  });

  it('keep no table of members that are named by their places', async () => {
    const prefix = randomUUID();
    const results = await scene.open({ prefix });
    await results.plan([aPlan('p', ['p:0', 'p:1']), aPlan('q', ['q:0', 'own'])]);

    expect(await scene.redis.keys(`{${prefix}}:r:i:*`)).toEqual([`{${prefix}}:r:i:q`]);
  });

  it('leave nothing behind of a large plan that was there already', async () => {
    const prefix = randomUUID();
    const results = await scene.open({ prefix });
    await results.plan([aPlan('p', idsOf(3_000))]);
    const before = await scene.redis.keys(`{${prefix}}*`);

    expect(await results.plan([aPlan('p', idsOf(2_000, 'other'))])).toEqual([
      { members: 3_000, open: 3_000 },
    ]);

    expect(await scene.redis.keys(`{${prefix}}*`)).toEqual(before);
  });

  it('need no more what was said before they came', async () => {
    const prefix = randomUUID();
    const results = await scene.open({ prefix });
    await results.mark([aMark('a')]);

    await results.plan([aPlan('p', ['a'])]);

    expect(await scene.redis.exists(`{${prefix}}:r:a:p`, `{${prefix}}:r:a`)).toBe(0);
  });

  it('are released at once where they come late to a chain that is over', async () => {
    const prefix = randomUUID();
    const results = await scene.open({ prefix });
    await results.plan([aPlan('chain', ['g', 'h'])]);
    await results.release(['chain']);
    await results.delete([{ id: 'gone', generation: 1 }]);

    await results.plan([
      aPlan('g', ['a'], { planId: 'chain' }),
      aPlan('h', ['b'], { planId: 'gone' }),
      aPlan('i', ['c'], { planId: 'not there yet' }),
    ]);

    // The chain, `g` and `h`.
    expect(await scene.redis.hget(`{${prefix}}:r:c`, 'RF')).toBe('3');
  });

  it('release the plans within them when they are deleted', async () => {
    const prefix = randomUUID();
    const results = await scene.open({ prefix });
    await results.plan([aPlan('chain', ['g']), aPlan('g', ['a'], { planId: 'chain' })]);

    await results.delete([{ id: 'chain', generation: 1 }]);

    expect(await scene.redis.hget(`{${prefix}}:r:c`, 'RF')).toBe('1');
  });

  it('go from Redis with all that belongs to them', async () => {
    const prefix = randomUUID();
    const results = await scene.open({ prefix });
    await results.plan([aPlan('chain', ['g']), aPlan('g', ['a'], { planId: 'elsewhere' })]);
    await results.mark([aMark('a', { planId: 'g' }), aMark('x', { planId: 'never' })]);

    await results.delete(['chain', 'g', 'never'].map((id) => ({ id, generation: 1 })));

    const keys = (await scene.redis.keys('*')).filter((key) => key.startsWith(`{${prefix}}:r:`));
    const left = keys.map((key) => key.slice(prefix.length + 5));
    expect(left.filter((key) => /^[pina]/.test(key))).toEqual([]);
    expect(await scene.redis.hgetall(`{${prefix}}:r:c`)).toEqual({});
  });
});
