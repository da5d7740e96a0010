import type { Machine } from './machine.js';

/** More calls than any scene makes. */
const MOST_CALLS = 500;

/** A machine's death at one of its calls, counted over all its lines from when it is told. */
export class Death {
  /** What it died of; undefined while it lives. */
  call: string | undefined;
  #calls = 0;

  constructor(
    private readonly at: number,
    private readonly side: 'before' | 'after',
  ) {}

  /** From now on this machine is the one that dies. */
  awaits(machine: Machine): void {
    for (const line of [machine.broker, machine.results])
      line.standing(async (call, method) => {
        this.#calls += 1;
        if (this.#calls !== this.at) return call();
        if (this.side === 'after') await call();
        this.call = `${this.side} call ${this.at}, ${method}`;
        machine.crash();
        return new Promise(() => {});
      });
  }
}

/**
 * Plays a scene over and over: each time the machine that its death awaits dies at another call, once
 * before the call arrives and once after, until the scene is over before the machine is dead.
 */
export async function atEveryCall(play: (death: Death) => Promise<void>): Promise<void> {
  for (let at = 1; at <= MOST_CALLS; at += 1)
    for (const side of ['before', 'after'] as const) {
      const death = new Death(at, side);
      try {
        await play(death);
      } catch (cause) {
        throw new Error(`when it dies ${death.call ?? 'never'}: ${String(cause)}`, { cause });
      }
      if (death.call === undefined) return;
    }
  throw new Error('the scene has no end');
}
