import { addBacklog } from '../contenders/open-queue.js';
import type { Figures } from '../harness/figures.js';
import { rateWhenWarm } from '../harness/growing-rounds.js';
import { taken } from '../harness/stopwatch.js';
import type { ServedQueue } from './contenders/contender.js';

/** Worked off per second: jobs wait, and the clock runs from the start of the workers to the last result. Closes the queue. */
export async function backlogRate(queue: ServedQueue, quick: boolean): Promise<Figures> {
  const figures = await rateWhenWarm(quick, async (count) => {
    await addBacklog(queue, count);
    const time = await taken(async () => {
      await queue.start();
      await queue.ended();
    });
    await queue.stop();
    return time;
  });
  await queue.close();
  return figures;
}
