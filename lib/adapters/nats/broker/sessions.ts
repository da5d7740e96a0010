import type { ReclaimRequest, SessionInfo } from '../../../core/ports/broker.js';
import type { Consumers } from './consumers.js';
import type { Ground } from './ground.js';
import type { StoredLedger } from './ledger.js';
import type { Ledgers } from './ledgers.js';
import { leaseLost, Session } from './session.js';

/** The sessions of this client. */
export class Sessions {
  readonly #open = new Map<string, Session>();

  constructor(
    private readonly ground: Ground,
    private readonly ledgers: Ledgers,
    private readonly consumers: Consumers,
  ) {}

  all(): Iterable<Session> {
    return this.#open.values();
  }

  /** Throws LeaseLostError for one that is not open here, or was declared dead. */
  get(name: string): Session {
    const session = this.#open.get(name);
    if (session !== undefined && !session.ended) return session;
    this.#open.delete(name);
    throw leaseLost(name);
  }

  /** Opening a live one again keeps what it holds: an answer may have been lost. */
  async open(info: SessionInfo): Promise<Session> {
    const known = this.#open.get(info.session);
    if (known && !known.ended) {
      known.info = info;
      await known.commit();
      return known;
    }
    for (;;) {
      const found = await this.ledgers.get(info.session);
      const live = found?.state === 'live' ? found : undefined;
      const openedAt = live?.openedAt ?? this.ground.clock.now();
      const ledger = { info, openedAt, state: 'live', gone: [] } as const;
      const revision = await this.ledgers.put(ledger, live?.lines ?? [], found?.revision ?? 0);
      if (revision === undefined) continue;
      const session = new Session(info, this.ledgers, openedAt, revision);
      for (const claim of live?.claims ?? []) session.take(claim);
      this.#open.set(info.session, session);
      return session;
    }
  }

  /** What it still holds goes back in front, as never started; but it may have begun without a word. */
  async leave(name: string): Promise<void> {
    const session = this.#open.get(name);
    this.#open.delete(name);
    await session?.end();
    for (;;) {
      const ledger = await this.ledgers.get(name);
      if (ledger?.state !== 'live') return;
      if (!(await this.ledgers.delete(ledger.revision))) continue;
      return this.consumers.nak(ledger.claims);
    }
  }

  /** Gives the receipts that were still held. */
  async reclaim({ from, to, receipts }: ReclaimRequest): Promise<readonly string[]> {
    const local = this.#open.get(from);
    await local?.end();
    this.#open.delete(from);
    const old = await this.#moved(from, to.session);
    const session = await this.open(to);
    if (old !== undefined) {
      const kept = new Set(receipts);
      for (const claim of old.claims) if (kept.has(claim.receipt)) session.take(claim);
      await session.commit();
      // What was handed to us and not written down as the connection broke goes back as well.
      const held = [...old.claims, ...(local?.claims() ?? [])];
      const rest = held.filter(({ receipt }) => session.get(receipt) === undefined);
      await this.ledgers.delete(old.revision);
      await this.consumers.nak([...new Map(rest.map((claim) => [claim.receipt, claim])).values()]);
    }
    return receipts.filter((receipt) => session.get(receipt) !== undefined);
  }

  /** From now on nobody but us, or who buries it, touches what it held. */
  async #moved(from: string, to: string): Promise<StoredLedger | undefined> {
    for (;;) {
      const ledger = await this.ledgers.get(from);
      if (ledger === undefined || ledger.state === 'dead') return undefined;
      if (ledger.state === 'moved' && ledger.to !== to) return undefined;
      const moved = { ...ledger, state: 'moved', to } as const;
      const revision = await this.ledgers.put(moved, ledger.lines, ledger.revision);
      if (revision !== undefined) return { ...ledger, revision };
    }
  }
}
