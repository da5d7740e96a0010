import { describe, expect, it } from 'vitest';
import { MemoryResults } from '../../../lib/adapters/memory/memory-results.js';
import { REDELIVERY_HORIZON_MS } from '../../../lib/core/lease.js';
import { readPlan } from '../../../lib/testing/conformance/results/asserting.js';
import { aMark, aPlan, finished } from '../../../lib/testing/conformance/results/records.js';
import { ManualClock } from '../../../lib/testing/manual-clock.js';

const HORIZON_MS = REDELIVERY_HORIZON_MS;
const KEEP_NONE = { successful: { age: 0 }, failed: { age: 0 }, cancelled: { age: 0 } };

/** A store that forgets what may go; what it does not name in the end is forgotten. */
async function store() {
  const clock = new ManualClock();
  const results = new MemoryResults({ clock });
  await results.connect({ retention: KEEP_NONE });
  return {
    clock,
    results,
    done: (id: string, planId = 'p') =>
      results.put([{ record: finished(id, clock.now(), { planId }), expect: 0 }]),
    kept: async (...ids: string[]) => {
      const found = await results.get(ids);
      return ids.filter((_, index) => found[index] !== undefined);
    },
  };
}

describe('the plans of MemoryResults', () => {
  it('keep a member as long as its plan is spoken of, though it is not there', async () => {
    const { clock, results, done, kept } = await store();
    await done('a');
    await clock.advance(0.9 * HORIZON_MS);
    await results.mark([aMark('a')]);

    await clock.advance(0.8 * HORIZON_MS);
    expect(await kept('a')).toEqual(['a']);

    await results.plan([aPlan('p', ['a'])]);
    await clock.advance(5 * HORIZON_MS);
    expect(await kept('p', 'a')).toEqual(['p', 'a']);
  });

  it('let a member go whose plan is not heard of any more', async () => {
    const { clock, results, done, kept } = await store();
    await done('a');
    await clock.advance(0.5 * HORIZON_MS);
    await results.mark([aMark('b')]);

    await clock.advance(1.2 * HORIZON_MS);

    expect(await kept('a')).toEqual([]);
    expect(clock.armed).toBe(0);
  });

  it('keep a member that was free to go when its plan came after all', async () => {
    const clock = new ManualClock();
    const results = new MemoryResults({ clock });
    const retention = { ...KEEP_NONE, successful: { age: 3 * HORIZON_MS } };
    await results.connect({ retention });
    await results.put([{ record: finished('a', clock.now(), { planId: 'p' }), expect: 0 }]);
    await clock.advance(2 * HORIZON_MS);

    await results.plan([aPlan('p', ['a'])]);
    await clock.advance(5 * HORIZON_MS);

    expect((await results.get(['a']))[0]?.record.kind).toBe('job');
  });

  it('let a step go that comes to a chain that is over', async () => {
    const { clock, results, done, kept } = await store();
    await results.plan([aPlan('chain', ['p'])]);
    await results.release(['chain']);
    await results.plan([aPlan('p', ['a'], { planId: 'chain' })]);
    await done('a');

    await clock.advance(HORIZON_MS * 1.2);

    expect(await kept('chain', 'p', 'a')).toEqual([]);
  });

  it('come to an end also where one is a member of itself', async () => {
    const { clock, results, kept } = await store();
    await results.plan([
      aPlan('p', ['p', 'q'], { planId: 'p' }),
      aPlan('q', ['p', 'q', 'q'], { planId: 'p' }),
    ]);
    await results.release(['p']);
    await results.mark([aMark('p'), aMark('p', { status: 'open', generation: 2 })]);
    await clock.advance(5 * HORIZON_MS);
    expect(await kept('p', 'q')).toEqual(['p', 'q']);

    await results.release(['p']);
    await results.release(['p']);
    await clock.advance(HORIZON_MS * 1.2);

    expect(await kept('p', 'q')).toEqual([]);
  });

  it('count a member once per place that it has', async () => {
    const { results } = await store();
    await results.plan([aPlan('p', ['a', 'b', 'a'])]);

    expect(await results.mark([aMark('a')])).toEqual([{ members: 3, open: 1 }]);
    expect((await readPlan(results)).marks).toEqual(['successful', 'open', 'successful']);
  });

  it('start from the marks that they are stored with', async () => {
    const { results } = await store();
    const plan = aPlan('p', ['a', 'b'], {
      marks: ['failed', 'open'],
      generations: [2, 0],
      cancelled: true,
      dispatched: ['error'],
    });

    expect(await results.plan([plan])).toEqual([{ members: 2, open: 1 }]);
    expect(await results.mark([aMark('a')])).toEqual([{ members: 2, open: 1 }]);
    expect(await readPlan(results)).toEqual(plan);
  });

  it('age by the retention of the way in which they ended', async () => {
    const clock = new ManualClock();
    const results = new MemoryResults({ clock });
    await results.connect({ retention: { successful: {}, failed: { age: 0 }, cancelled: {} } });
    const marks = {
      good: [aMark('a', { planId: 'good' })],
      bad: [aMark('a', { planId: 'bad', status: 'failed' })],
      off: [aMark(undefined, { planId: 'off', status: 'cancelled' })],
    };
    await results.plan(Object.keys(marks).map((id) => aPlan(id, ['a'])));
    await results.mark(Object.values(marks).flat());
    await results.release(Object.keys(marks));

    await clock.advance(HORIZON_MS * 1.2);

    const found = await results.get(['good', 'bad', 'off']);
    expect(found.map((entry) => entry?.record.id)).toEqual(['good', undefined, 'off']);
  });
});
