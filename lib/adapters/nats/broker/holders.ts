import type { Ledgers } from './ledgers.js';
import type { Level } from './level.js';
import type { Session } from './session.js';

/**
 * What a server gives out for the first time, as far as it knows, was claimed by others only if it has
 * forgotten: that takes an election, or a new consumer, and so far longer than this.
 */
const LATELY_MS = 1_000;

/** Who has a message of which it is doubtful whether anybody has it. */
export type HeldBy = 'us' | 'others' | undefined;

/** Says who holds what, by the ledgers of all sessions. They are not read for each message anew. */
export class Holders {
  /** By level and sequence. */
  #sessions: ReadonlyMap<string, string> = new Map();
  #readAt = -Infinity;

  constructor(private readonly ledgers: Ledgers) {}

  /** As one session sees it now, or saw it lately. */
  async seenFrom(
    session: Session,
    when: 'now' | 'lately',
  ): Promise<(level: Level, sequence: number) => HeldBy> {
    if (when === 'now' || performance.now() - this.#readAt > LATELY_MS) await this.#read();
    const sessions = this.#sessions;
    const own = new Set(session.claims().map(placeOf));
    const { session: name } = session.info;
    return ({ key: levelKey }, sequence) => {
      const place = placeOf({ levelKey, sequence });
      if (own.has(place)) return 'us';
      const holder = sessions.get(place);
      return holder === undefined || holder === name ? undefined : 'others';
    };
  }

  async #read(): Promise<void> {
    const readAt = performance.now();
    const ledgers = await this.ledgers.all();
    this.#sessions = new Map(
      ledgers.flatMap(({ info, claims }) =>
        claims.map((claim) => [placeOf(claim), info.session] as const),
      ),
    );
    this.#readAt = readAt;
  }
}

function placeOf(claim: { readonly levelKey: string; readonly sequence: number }): string {
  return `${claim.levelKey}:${claim.sequence}`;
}
