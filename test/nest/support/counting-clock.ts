import { type CancelTimer, type Clock, systemClock } from '../../../lib/core/clock.js';

/** The system's clock, which knows how many of its timers are armed. */
export class CountingClock implements Clock {
  readonly now = systemClock.now;
  readonly elapsed = systemClock.elapsed;
  armed = 0;

  timer(delayMs: number, fire: () => void): CancelTimer {
    let done = false;
    const disarm = (): void => {
      if (!done) this.armed -= 1;
      done = true;
    };
    this.armed += 1;
    const cancel = systemClock.timer(delayMs, () => {
      disarm();
      fire();
    });
    return () => {
      disarm();
      cancel();
    };
  }
}
