import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
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

describe('members of open plans that are put aside', () => {
  it('are put aside once, also when only a part of their batch was beyond the count', async () => {
    const clock = new ManualClock(Date.now());
    const results = await scene.open({
      prefix: randomUUID(),
      time: { clock, offsetMs: () => clock.elapsed() },
    });
    await results.connect({ retention: { ...KEEP_ALL, successful: { count: 2 } } });
    const stir = async () => {
      await clock.advance(2_000);
      const revision = (await read(results, 'stirred'))?.revision;
      for (let call = 0; call < 3; call += 1) await results.ping();
      await put(results, aJob('stirred'), revision);
      await results.ping();
    };
    const members = idsOf(4);
    await results.plan([aPlan('p', members)]);
    await results.put(
      members.map((id, at) => ({ record: finished(id, at + 1, { planId: 'p' }), expect: 0 })),
    );
    await clock.advance(HOUR_MS);
    await stir();
    const later = ['x1', 'x2', 'x3', 'x4', 'x5'];
    for (const [at, id] of later.entries()) await put(results, finished(id, 10 + at));
    await clock.advance(HOUR_MS);
    await stir();
    await stir();

    const shown = await walk(results, { status: 'successful' });
    expect(shown).toEqual(['x5', 'x4', ...[...members].reverse()]);
    expect((await results.counts()).successful).toBe(6);
  });
});
