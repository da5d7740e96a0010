import type { Clock } from '../../../lib/core/clock.js';

interface Entry {
  readonly machine: string;
  readonly leaseMs: number;
  contactAt: number;
  /** Since when it has never been silent for longer than its lease. */
  aliveSince: number;
  ended: boolean;
  sweptAt?: number;
}

/** Who was heard of when: what rule 14 says of a session is judged by this, and not by the broker. */
export class SessionBook {
  readonly #entries = new Map<string, Entry>();

  constructor(private readonly clock: Clock) {}

  opened(session: string, machine: string, leaseMs: number): void {
    const at = this.clock.now();
    const known = this.#entries.get(session);
    if (known) this.contact(session);
    else
      this.#entries.set(session, { machine, leaseMs, contactAt: at, aliveSince: at, ended: false });
  }

  contact(session: string): void {
    const entry = this.#entries.get(session);
    if (entry === undefined) return;
    const now = this.clock.now();
    if (now - entry.contactAt > entry.leaseMs) entry.aliveSince = now;
    entry.contactAt = now;
  }

  ended(session: string): void {
    const entry = this.#entries.get(session);
    if (entry) entry.ended = true;
  }

  /** When this session was declared dead, if it was. */
  sweptAt(session: string): number | undefined {
    return this.#entries.get(session)?.sweptAt;
  }

  /** When anything was last heard of this machine. */
  lastContact(machine: string): number {
    const own = [...this.#entries.values()].filter((entry) => entry.machine === machine);
    return Math.max(0, ...own.map(({ contactAt }) => contactAt));
  }

  /** What is wrong with sessions that are not among the live ones any more, after this one's beat. */
  sweptBy(sweeper: string, live: readonly string[]): string[] {
    const by = this.#entries.get(sweeper);
    const now = this.clock.now();
    const wrong: string[] = [];
    for (const [session, entry] of this.#entries) {
      if (entry.ended || live.includes(session)) continue;
      entry.ended = true;
      entry.sweptAt = now;
      if (now - entry.contactAt < entry.leaseMs)
        wrong.push(`rule 14: ${entry.machine} was declared dead within its lease`);
      if (by && now - by.aliveSince < by.leaseMs)
        wrong.push(
          `rule 14: ${by.machine} declared ${entry.machine} dead before it had lived for a lease`,
        );
    }
    return wrong;
  }
}
