import type { Answer, Order } from './orders.js';
import { Shift } from './shift.js';
import { setClock } from './wrong-clock.js';

/** A worker process: works as it is told until it is told to rest, seed after seed, if it lives that long. */
let shift: Shift | undefined;

async function obey(order: Order): Promise<Answer | undefined> {
  if (order.kind === 'clock') {
    setClock(order.aheadMs);
    return undefined;
  }
  if (order.kind === 'rest') {
    await shift?.end();
    shift = undefined;
    return 'resting';
  }
  setClock(order.aheadMs);
  shift = await Shift.begin(order);
  return 'working';
}

let last: Promise<unknown> = Promise.resolve();

process.on('message', (message) => {
  // oxlint-disable-next-line no-unsafe-type-assertion -- written by the fleet, in the same words
  const order = message as Order;
  last = last.then(async () => {
    const answer = await obey(order);
    if (answer !== undefined) process.send?.(answer);
  });
});
// Nobody is left to work for.
process.once('disconnect', () => process.exit());
process.send?.('ready' satisfies Answer);
