import type { Enqueue } from '../contenders/enqueueing.js';
import { ordersOf } from '../contenders/order.js';
import type { Figures } from '../harness/figures.js';
import { rateWhenWarm } from '../harness/growing-rounds.js';
import type { MeasureOptions } from '../harness/section.js';
import { taken } from '../harness/stopwatch.js';
import type { ProducerContender } from './contenders/contender.js';
import { handlerNamed } from './handlers.js';

/** Handed in per second, in one way, while no worker runs. */
export async function enqueueRate(
  hand: Enqueue,
  contender: ProducerContender,
  { quick, serverUrl: url }: MeasureOptions,
): Promise<Figures> {
  const handle = handlerNamed('no-op');
  const queue = await contender.open({ url, concurrency: 1, handle });
  const figures = await rateWhenWarm(quick, (count) => {
    const orders = ordersOf(count);
    return taken(() => hand(queue, orders));
  });
  await queue.close();
  return figures;
}
