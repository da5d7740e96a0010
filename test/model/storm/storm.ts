import * as fc from 'fast-check';
import { REDELIVERY_HORIZON_MS } from '../../../lib/core/lease.js';
import { anyDeed } from './deeds.js';
import { wrongEnds } from './end-checks.js';
import { anyMishap } from './mishaps.js';
import { Scene } from './scene.js';
import { anySetting } from './setting.js';

/** What happens at once, and how much time goes by afterwards. */
const anyTurn = fc.record({
  deeds: fc.array(
    fc.oneof({ weight: 3, arbitrary: anyDeed }, { weight: 2, arbitrary: anyMishap }),
    { minLength: 1, maxLength: 4 },
  ),
  ms: fc.constantFrom(0, 0, 5, 60, 300, 2_000, 15_000, 35_000),
});

export const anyStorm = fc.record({
  setting: anySetting,
  turns: fc.array(anyTurn, { minLength: 8, maxLength: 22, size: 'max' }),
});

export type Storm = typeof anyStorm extends fc.Arbitrary<infer T> ? T : never;

/** Enough for the last retry, the last crash, and for an unknown task to be given up. */
const CALM_MS = 16 * 60_000;

/** Within the horizon no id is free again by retention: what a known id means does not change. */
const LONGEST_STORM_MS = 0.8 * REDELIVERY_HORIZON_MS;

/** Plays a storm, and the calm after it. Gives the promises that were broken. */
export async function play({ setting, turns }: Storm): Promise<string[]> {
  const scene = new Scene(setting);
  try {
    await scene.open();
    for (const { deeds, ms } of turns) {
      if (scene.clock.elapsed() > LONGEST_STORM_MS) break;
      for (const deed of deeds) deed.run(scene);
      await scene.clock.advance(ms);
    }
    scene.becalm();
    await scene.clock.advance(CALM_MS);
    return [...new Set([...scene.chronicle.broken, ...(await wrongEnds(scene))])];
  } finally {
    await scene.close();
  }
}

/** The storm of a seed, always the same. */
export function stormOf(seed: number): Storm {
  const [storm] = fc.sample(anyStorm, { seed, numRuns: 1 });
  if (storm === undefined) throw new Error('a seed gives a storm');
  return storm;
}
