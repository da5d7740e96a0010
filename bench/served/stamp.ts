import { type Order, orderOf } from '../contenders/order.js';

/** An order that says when it was made. */
export function stamped(index: number): Order {
  return orderOf(index, `made at ${nowMicros()} microseconds`);
}

/** How long ago it was made, ms; by a clock that all processes share. */
export function delayOf({ note }: Order): number {
  const madeAt = Number(note.split(' ')[2]);
  return (nowMicros() - madeAt) / 1_000;
}

function nowMicros(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}
