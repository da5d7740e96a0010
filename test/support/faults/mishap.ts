import { refused, replyLost, silent, unanswered } from './fates.js';
import type { Fate } from './line.js';
import type { Machine } from './machine.js';

/** More calls than any scene makes. */
const MOST_CALLS = 500;

/** What may befall one call of a machine. */
export interface Kind {
  readonly name: string;
  readonly fate: (machine: Machine) => Fate;
}

const NEVER = new Promise<never>(() => {});

/** The machine dies: before the call arrives, or after. */
export const DEATHS: readonly Kind[] = [
  {
    name: 'it dies before',
    fate: (machine) => () => {
      machine.crash();
      return NEVER;
    },
  },
  {
    name: 'it dies after',
    fate: (machine) => async (call) => {
      await call();
      machine.crash();
      return NEVER;
    },
  },
];

/** The call goes wrong, and the machine lives on. */
export const FAILURES: readonly Kind[] = [
  { name: 'it is refused at', fate: () => refused },
  { name: 'it loses the reply to', fate: () => replyLost },
  { name: 'nobody gets or answers', fate: () => unanswered },
  { name: 'nobody answers', fate: () => silent },
];

/** What befalls a machine at one of its calls, counted over all its lines from when it is told. */
export class Mishap {
  /** What has happened; undefined as long as nothing has. */
  happened: string | undefined;
  #calls = 0;
  #isOver = false;

  constructor(
    private readonly at: number,
    private readonly kind: Kind,
  ) {}

  /** From now on nothing happens any more. */
  over(): void {
    this.#isOver = true;
  }

  /** From now on this machine is the one. */
  awaits(machine: Machine): void {
    const fate = this.kind.fate(machine);
    for (const line of [machine.broker, machine.results])
      line.standing((call, method) => {
        if (!this.#isOver) this.#calls += 1;
        if (this.#isOver || this.#calls !== this.at) return call();
        this.happened = `${this.kind.name} call ${this.at}, ${method}`;
        return fate(call);
      });
  }
}

/**
 * Plays a scene over and over: each time the machine that the mishap awaits meets it at another call,
 * until the scene is over before that call is made.
 */
export async function atEveryCall(
  kinds: readonly Kind[],
  play: (mishap: Mishap) => Promise<void>,
): Promise<void> {
  for (const kind of kinds)
    for (let at = 1; ; at += 1) {
      const mishap = new Mishap(at, kind);
      try {
        await play(mishap);
      } catch (cause) {
        throw new Error(`when ${mishap.happened ?? 'nothing happens'}: ${String(cause)}`, {
          cause,
        });
      }
      if (mishap.happened === undefined) break;
      if (at === MOST_CALLS) throw new Error('the scene has no end');
    }
}
