import type { Figures } from './figures.js';
import { rateOf, type Taken } from './stopwatch.js';

/** How a rate is measured: as many rounds, of which the last one counts. */
interface Rounds {
  readonly count: number;
  /** Jobs of the first round. */
  readonly first: number;
  /** Each further round does as much as the one before would have in this time. */
  readonly seconds: number;
  readonly most: number;
}

const FULL: Rounds = { count: 3, first: 2_000, seconds: 1.5, most: 60_000 };
const QUICK: Rounds = { count: 1, first: 100, seconds: 0, most: 100 };

/**
 * The rate of `round`, warm, over as long a time for the slow as for the fast. `round` is told how many
 * to make; each counts for `jobsEach`.
 */
export async function rateWhenWarm(
  quick: boolean,
  round: (count: number) => Promise<Taken>,
  jobsEach = 1,
): Promise<Figures> {
  const { count: rounds, first, seconds, most } = quick ? QUICK : FULL;
  const rate = async (jobs: number) => {
    const count = Math.ceil(jobs / jobsEach);
    return rateOf(count * jobsEach, await round(count));
  };
  let jobs = first;
  for (let warmUp = 1; warmUp < rounds; warmUp += 1) {
    const { perSecond } = await rate(jobs);
    jobs = Math.min(most, Math.max(first, Math.round(perSecond * seconds)));
  }
  return rate(jobs);
}
