import { LeaseLostError } from '../../../core/errors.js';
import type { SessionInfo } from '../../../core/ports/session-info.js';
import { toToken } from '../connection/subject-token.js';
import { type Claim, claimLine } from './claim.js';
import type { Ledger } from './ledger.js';
import type { Ledgers } from './ledgers.js';

const NONE: readonly string[] = [];

/** A claim that is listed, and how it is written. */
interface Entry {
  readonly claim: Claim;
  readonly line: string;
}

/**
 * One of this client's sessions: what it has claimed, and the ledger that says so to all others. The
 * ledger is written as often as it has to be, by one writer at a time: what is changed while one
 * write travels goes with the next.
 */
export class Session {
  /** By receipt, in the order in which they were claimed. */
  readonly #claims = new Map<string, Entry>();
  /** Settled by us, but perhaps not yet on the server: listed until then. */
  readonly #settling = new Map<string, Entry>();
  /** Handed back by us: not listed any more, as they are somebody else's in a moment. */
  readonly #releasing = new Set<string>();
  #gone: string[] = [];
  /** Receipts taken while they were being settled. */
  readonly #lost = new Set<string>();
  #confirmedAt: number;
  #aliveSince: number;
  #writing: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #ended = false;

  constructor(
    public info: SessionInfo,
    private readonly ledgers: Ledgers,
    private readonly openedAt: number,
    private revision: number,
  ) {
    this.#confirmedAt = this.#aliveSince = performance.now();
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Past its lease, as far as we know: it may be dead. */
  get lapsed(): boolean {
    return performance.now() - this.#confirmedAt > this.info.leaseMs;
  }

  /** It has lived for a full lease without a gap, so that the others had time to show themselves. */
  get maySweep(): boolean {
    return performance.now() - this.#aliveSince >= this.info.leaseMs;
  }

  get held(): number {
    return this.#claims.size;
  }

  get(receipt: string): Claim | undefined {
    return this.#claims.get(receipt)?.claim;
  }

  claims(): readonly Claim[] {
    return [...this.#claims.values()].map(({ claim }) => claim);
  }

  take(claim: Claim): void {
    this.#claims.set(claim.receipt, { claim, line: claimLine(claim, toToken(claim.id)) });
  }

  /** Ends a claim; it stays listed until `settled`. Undefined when it is not held (any more). */
  letGo(receipt: string): Claim | undefined {
    const entry = this.#claims.get(receipt);
    if (entry === undefined) return undefined;
    this.#claims.delete(receipt);
    this.#settling.set(receipt, entry);
    return entry.claim;
  }

  /** What was to be done for it is done. */
  settled(receipt: string): void {
    this.#settling.delete(receipt);
    this.#releasing.delete(receipt);
  }

  /** It is to be listed no more, before it is handed back. */
  releasing(receipt: string): void {
    if (this.#settling.delete(receipt)) this.#releasing.add(receipt);
  }

  /** Whether the message of a claim that was being settled had been taken away. Told once. */
  wasLost(receipt: string): boolean {
    return this.#lost.delete(receipt);
  }

  /** Receipts of messages taken away since this was last asked. */
  takeGone(): readonly string[] {
    if (this.#gone.length === 0) return NONE;
    const gone = this.#gone;
    this.#gone = [];
    return gone;
  }

  /** Writes the ledger as it is now, which extends the lease. Throws LeaseLostError when it is not live. */
  commit(): Promise<void> {
    if (this.#writing === undefined) return (this.#writing = this.#write());
    this.#next ??= this.#writing
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        return (this.#writing = this.#write());
      });
    return this.#next;
  }

  /** Nothing of it is to be written any more. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#writing?.catch(() => undefined);
  }

  ledger(): Ledger {
    return { info: this.info, openedAt: this.openedAt, state: 'live', gone: NONE };
  }

  lines(): string[] {
    const lines: string[] = [];
    for (const { claim, line } of this.#claims.values())
      lines.push((claim.started ? '+' : '-') + line);
    for (const { claim, line } of this.#settling.values())
      lines.push((claim.started ? '+' : '-') + line);
    return lines;
  }

  async #write(): Promise<void> {
    try {
      for (;;) {
        if (this.#ended) throw leaseLost(this.info.session);
        const sentAt = performance.now();
        const revision = await this.ledgers.put(this.ledger(), this.lines(), this.revision);
        if (revision !== undefined) {
          this.#confirm(revision, sentAt);
          return;
        }
        await this.#reread();
      }
    } finally {
      this.#writing = undefined;
    }
  }

  #confirm(revision: number, sentAt: number): void {
    this.revision = revision;
    if (this.lapsed) this.#aliveSince = sentAt;
    this.#confirmedAt = sentAt;
  }

  /** Somebody else has written it: to declare us dead, or to take messages away. */
  async #reread(): Promise<void> {
    const found = await this.ledgers.get(this.info.session);
    if (found === undefined || found.state !== 'live') {
      this.#ended = true;
      throw leaseLost(this.info.session);
    }
    for (const receipt of found.gone) {
      if (this.#settling.delete(receipt) || this.#releasing.delete(receipt))
        this.#lost.add(receipt);
      else if (this.#claims.delete(receipt)) this.#gone.push(receipt);
    }
    this.revision = found.revision;
  }
}

export function leaseLost(session: string): LeaseLostError {
  return new LeaseLostError(
    `session '${session}' is not alive: its lease lapsed and its jobs went to others, or it was ` +
      'never opened; open a new one, or reclaim what it held',
  );
}
