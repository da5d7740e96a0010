import { describe, expect, it } from 'vitest';
import { MemoryResults } from '../../../lib/adapters/memory/memory-results.js';
import { REDELIVERY_HORIZON_MS } from '../../../lib/core/lease.js';
import type { Results } from '../../../lib/core/ports/results.js';
import { aJob, aMark, finished, idsOf } from '../../../lib/testing/conformance/results/records.js';
import { ManualClock } from '../../../lib/testing/manual-clock.js';

const KEEP_NONE = { successful: { age: 0 }, failed: { age: 0 }, cancelled: { age: 0 } };
const MINUTE_MS = 60_000;

async function store() {
  const clock = new ManualClock();
  const results = new MemoryResults({ clock });
  await results.connect({ retention: KEEP_NONE });
  return { clock, results };
}

async function finish(results: Results, at: number, ids: readonly string[]): Promise<void> {
  await results.put(ids.map((id) => ({ record: finished(id, at), expect: 0 })));
}

const kept = async (results: Results): Promise<number> => (await results.counts()).successful;

describe('the retention of MemoryResults', () => {
  it('forgets without anybody writing, a minute late at most', async () => {
    const { clock, results } = await store();
    await finish(results, clock.now(), ['a', 'b']);
    await results.delete([{ id: 'c', generation: 1 }]);

    await clock.advance(REDELIVERY_HORIZON_MS - 1);
    expect(await kept(results)).toBe(2);

    await clock.advance(MINUTE_MS + 1);
    expect(await results.get(['a', 'b', 'c'])).toEqual([undefined, undefined, undefined]);
  });

  it('forgets a bounded number of entries per write', async () => {
    const { clock, results } = await store();
    await results.close();
    await finish(results, clock.now(), idsOf(1_000));
    await clock.advance(REDELIVERY_HORIZON_MS);

    await results.put([{ record: aJob('x'), expect: 0 }]);

    expect(await kept(results)).toBe(998);
  });

  it('stays level while as many finish as come due', async () => {
    const { clock, results } = await store();
    await results.close();
    for (let round = 0; round < 30; round += 1) {
      await finish(results, clock.now(), idsOf(100, `round-${round}`));
      await clock.advance(REDELIVERY_HORIZON_MS / 10);
    }

    expect(await kept(results)).toBe(1_000);
  });

  it('forgets a large backlog in several goes, so that others have their turn between', async () => {
    const { clock, results } = await store();
    for (let round = 0; round < 25; round += 1)
      await finish(results, clock.now(), idsOf(1_000, `round-${round}`));
    const wakes: number[] = [];
    for (const round of [0, 12, 24])
      results.watch(`round-${round}-000`, () => void wakes.push(clock.armed));

    await clock.advance(REDELIVERY_HORIZON_MS + MINUTE_MS);

    expect(await kept(results)).toBe(0);
    // Armed for the next go while there is more, and no longer after the last.
    expect(wakes).toEqual([1, 1, 0]);
  });

  it('wakes those who watch what is forgotten', async () => {
    const { clock, results } = await store();
    await finish(results, clock.now(), ['a']);
    let woken = 0;
    results.watch('a', () => void (woken += 1));

    await clock.advance(REDELIVERY_HORIZON_MS + MINUTE_MS);

    expect(woken).toBe(1);
  });

  describe('keeps a timer', () => {
    const cases: Record<string, (results: Results, now: number) => Promise<unknown>> = {
      'a finished job': (results, now) => finish(results, now, ['a']),
      'a tombstone': (results) => results.delete([{ id: 'a', generation: 1 }]),
      'a mark without its plan': (results) => results.mark([aMark('a')]),
    };

    it.each(Object.entries(cases))('while %s ages, and no longer', async (_, write) => {
      const { clock, results } = await store();
      await write(results, clock.now());
      expect(clock.armed).toBe(1);

      await clock.advance(REDELIVERY_HORIZON_MS + MINUTE_MS);

      expect(clock.armed).toBe(0);
    });

    it('not for what does not age', async () => {
      const { clock, results } = await store();
      await results.put([{ record: aJob('a'), expect: 0 }]);

      expect(clock.armed).toBe(0);
    });

    it('until the last user closes, and again from the next connect on', async () => {
      const { clock, results } = await store();
      await results.connect({ retention: KEEP_NONE });
      await finish(results, clock.now(), ['a']);

      await results.close();
      expect(clock.armed).toBe(1);
      await results.close();
      expect(clock.armed).toBe(0);
      await finish(results, clock.now(), ['b']);
      expect(clock.armed).toBe(0);

      await results.connect({ retention: KEEP_NONE });
      expect(clock.armed).toBe(1);
      await results.close();
    });

    it('not for want of balance, when close is called once too often', async () => {
      const { clock, results } = await store();
      await results.close();
      await results.close();
      await results.connect({ retention: KEEP_NONE });
      await finish(results, clock.now(), ['a']);

      expect(clock.armed).toBe(1);
    });
  });
});
