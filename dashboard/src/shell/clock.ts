import { useSyncExternalStore } from 'react';
import { readStored, store } from './stored.js';

const TICK_MS = 1_000;

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time, once a second, the same for everything on the page. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now);

let absolute = readStored('times') === 'absolute';

/** Whether times are shown as dates instead of how long ago they are. */
export const useAbsoluteTimes = (): boolean => useSyncExternalStore(subscribe, () => absolute);

export function toggleAbsoluteTimes(): void {
  absolute = !absolute;
  store('times', absolute ? 'absolute' : 'relative');
  tick();
}
