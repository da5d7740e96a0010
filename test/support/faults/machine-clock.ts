import type { CancelTimer, Clock } from '../../../lib/core/clock.js';

/**
 * The clock of one machine: it may go wrong by `aheadMs`, and stand still with its machine: timers that
 * come due while it is frozen fire when it thaws.
 */
export class MachineClock implements Clock {
  #frozen = false;
  #overdue: (() => void)[] = [];

  constructor(
    private readonly world: Clock,
    public aheadMs: number,
  ) {}

  now(): number {
    return this.world.now() + this.aheadMs;
  }

  elapsed(): number {
    return this.world.elapsed();
  }

  timer(delayMs: number, fire: () => void): CancelTimer {
    const onTime = (): void => {
      if (this.#frozen) this.#overdue.push(onTime);
      else fire();
    };
    const cancel = this.world.timer(delayMs, onTime);
    return () => {
      cancel();
      this.#overdue = this.#overdue.filter((overdue) => overdue !== onTime);
    };
  }

  freeze(): void {
    this.#frozen = true;
  }

  thaw(): void {
    this.#frozen = false;
    const overdue = this.#overdue;
    this.#overdue = [];
    for (const fire of overdue) fire();
  }
}
