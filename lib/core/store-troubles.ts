import type { Clock } from './clock.js';
import type { Log } from './log.js';
import type { ReportTrouble } from './ports/trouble.js';

/** Of one kind the log says so again after this time. */
const SAID_AGAIN_MS = 10 * 60_000;
/** What has not failed for so long works again: what a store does by itself it does at least this often. */
const OVER_AFTER_MS = 3 * 60_000;

type Role = 'broker' | 'results';
type Hear = (role: Role) => void;

interface Kind {
  readonly sentence: string;
  saidAt: number;
  /** Since it was last said. */
  times: number;
  failedAt: number;
}

/** What goes wrong in the stores where no call of anybody would show it. */
export class StoreTroubles {
  readonly #kinds = new Map<string, Kind>();
  readonly #listeners = new Set<Hear>();

  constructor(
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** To be handed to a store. `name`: for messages. */
  reporter(role: Role, name: string): ReportTrouble {
    return ({ doing, error }) => {
      const now = this.clock.elapsed();
      const sentence = `${name} fails at ${doing}`;
      const kind = this.#kinds.get(sentence) ?? {
        sentence,
        saidAt: -Infinity,
        times: 0,
        failedAt: 0,
      };
      this.#kinds.set(sentence, kind);
      kind.failedAt = now;
      kind.times += 1;
      if (now - kind.saidAt >= SAID_AGAIN_MS) {
        this.log.warn(`${sentence}, and tries again`, { error, times: kind.times });
        kind.saidAt = now;
        kind.times = 0;
      }
      for (const hear of this.#listeners) hear(role);
    };
  }

  /** What fails at present, a sentence each. */
  current(): readonly string[] {
    const now = this.clock.elapsed();
    return [...this.#kinds.values()]
      .filter(({ failedAt }) => now - failedAt < OVER_AFTER_MS)
      .map(({ sentence }) => sentence);
  }

  /** Tells of each failure whose it is, until the returned function is called. */
  subscribe(hear: Hear): () => void {
    const listener: Hear = (role) => hear(role);
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
