import { type Clock, systemClock } from '../../lib/core/clock.js';

let aheadMs = 0;

/** The clock of this process, which may go wrong. Timers and stop-watches go right: they know no hours. */
export const wrongClock: Clock = {
  now: () => systemClock.now() + aheadMs,
  elapsed: () => systemClock.elapsed(),
  timer: (delayMs, fire) => systemClock.timer(delayMs, fire),
};

export function setClock(ms: number): void {
  aheadMs = ms;
}
