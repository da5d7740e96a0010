import type { Clock } from '../../../core/clock.js';
import { LeaseLostError } from '../../../core/errors.js';
import type { SessionInfo } from '../../../core/ports/broker.js';
import type { Entry } from './entry.js';
import { Session } from './session.js';

/**
 * All sessions. One is live from its opening until it is closed or buried; what a buried one still
 * holds is handed back bit by bit.
 */
export class Sessions {
  readonly #live = new Map<string, Session>();
  readonly #dead = new Set<Session>();

  constructor(private readonly clock: Clock) {}

  /** Sessions whose lease has not lapsed. */
  get workers(): number {
    let count = 0;
    for (const session of this.#live.values()) if (!session.lapsed) count += 1;
    return count;
  }

  workersOn(queue: string): number {
    let count = 0;
    for (const session of this.#live.values())
      if (!session.lapsed && session.info.queues.includes(queue)) count += 1;
    return count;
  }

  all(): Iterable<Session> {
    return this.#live.values();
  }

  /** Opening a live one again keeps what it holds: an answer may have been lost. */
  open(info: SessionInfo, now: number): Session {
    const known = this.#live.get(info.session);
    const session = known ?? new Session(info, this.clock);
    session.info = info;
    session.extend(now);
    this.#live.set(info.session, session);
    return session;
  }

  /** A sign of life. Throws LeaseLostError unless the session is live. */
  extend(name: string, now: number): Session {
    const session = this.#live.get(name);
    if (session === undefined) throw leaseLost(name);
    session.extend(now);
    return session;
  }

  /** Ends the claim on a message that is taken away. Its holder is searched for: this is rare. */
  lose(entry: Entry): void {
    for (const session of [...this.#live.values(), ...this.#dead]) if (session.lose(entry)) return;
  }

  /** Takes a session out, live or dead. */
  close(name: string): Session | undefined {
    const session =
      this.#live.get(name) ?? [...this.#dead].find(({ info }) => info.session === name);
    if (session === undefined) return undefined;
    if (!this.#dead.delete(session)) this.#live.delete(name);
    return session;
  }

  /** Declares all sessions dead whose lease has lapsed. Gives those that died of it. */
  bury(): readonly Session[] {
    const lapsed = [...this.#live.values()].filter((session) => session.lapsed);
    for (const session of lapsed) {
      this.#live.delete(session.info.session);
      this.#dead.add(session);
    }
    return lapsed;
  }

  /** Claims of dead sessions, which are handed back as this is walked. */
  *estate(): Generator<Entry, void, undefined> {
    for (const session of this.#dead) {
      for (const receipt of session.claims.keys()) {
        const entry = session.letGo(receipt);
        if (entry !== undefined) yield entry;
      }
      this.#dead.delete(session);
    }
  }
}

export function leaseLost(session: string): LeaseLostError {
  return new LeaseLostError(
    `session '${session}' is not alive: its lease lapsed and its jobs went to others, or it was ` +
      'never opened; open a new one, or reclaim what it held',
  );
}
