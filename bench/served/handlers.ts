import { setTimeout as sleep } from 'node:timers/promises';
import { handle, type Handler, type Order } from '../contenders/order.js';
import { delayOf } from './stamp.js';

const NAP_MS = 5;

/** By name, so that another process can be told which one to use. */
export type HandlerName = 'no-op' | 'of 5 ms' | 'that notes delays';

const HANDLERS: ReadonlyMap<string, (delaysMs: number[]) => Handler> = new Map<
  HandlerName,
  (delaysMs: number[]) => Handler
>([
  ['no-op', () => handle],
  ['of 5 ms', () => nap],
  ['that notes delays', noting],
]);

/** `delaysMs`: where one that notes them puts them, from the call of enqueue to its own start. */
export function handlerNamed(name: string, delaysMs: number[] = []): Handler {
  const make = HANDLERS.get(name);
  if (make === undefined) throw new Error(`there is no handler '${name}'`);
  return make(delaysMs);
}

async function nap(order: Order): Promise<number> {
  await sleep(NAP_MS);
  return handle(order);
}

function noting(delaysMs: number[]): Handler {
  return (order) => {
    delaysMs.push(delayOf(order));
    return handle(order);
  };
}
