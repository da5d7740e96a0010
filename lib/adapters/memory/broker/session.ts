import type { Clock } from '../../../core/clock.js';
import type { SessionInfo } from '../../../core/ports/session-info.js';
import type { SessionStatus } from '../../../core/ports/broker-inspector.js';
import type { Entry } from './entry.js';

const NONE: readonly string[] = [];

/** One worker process: its lease, and what it has claimed. */
export class Session {
  /** By receipt, in the order in which they were claimed. */
  readonly claims = new Map<string, Entry>();
  /** Receipts whose messages were taken away, until it is told. */
  #gone: string[] = [];
  readonly #openedAt: number;
  /** When it last gave a sign of life: epoch ms to show, and elapsed ms to measure by. */
  #beatAt: number;
  #beatElapsed: number;
  /** Since when its lease has never lapsed; elapsed ms. */
  #aliveSince: number;

  constructor(
    public info: SessionInfo,
    private readonly clock: Clock,
  ) {
    this.#openedAt = this.#beatAt = clock.now();
    this.#aliveSince = this.#beatElapsed = clock.elapsed();
  }

  get lapsed(): boolean {
    return this.#silentMs(this.clock.elapsed()) > this.info.leaseMs;
  }

  /**
   * Whether it may say that others are dead. After a pause of the whole server all leases have
   * lapsed alike: the others get a full lease of its own life to show themselves (rule 14).
   */
  get maySweep(): boolean {
    return this.clock.elapsed() - this.#aliveSince >= this.info.leaseMs;
  }

  /** A sign of life at this instant (epoch ms). */
  extend(now: number): void {
    const elapsed = this.clock.elapsed();
    if (this.#silentMs(elapsed) > this.info.leaseMs) this.#aliveSince = elapsed;
    this.#beatElapsed = elapsed;
    this.#beatAt = now;
  }

  /** Ends a claim; undefined when it is not held (any more). */
  letGo(receipt: string): Entry | undefined {
    const entry = this.claims.get(receipt);
    if (entry !== undefined) this.claims.delete(receipt);
    return entry;
  }

  /** Ends the claim on a message that is taken away, to tell of it later. False without one. */
  lose(lost: Entry): boolean {
    for (const [receipt, entry] of this.claims)
      if (entry === lost) {
        this.#gone.push(receipt);
        return this.claims.delete(receipt);
      }
    return false;
  }

  /** Receipts of messages taken away since this was last asked. */
  takeGone(): readonly string[] {
    if (this.#gone.length === 0) return NONE;
    const gone = this.#gone;
    this.#gone = [];
    return gone;
  }

  status(): SessionStatus {
    return {
      ...this.info,
      openedAt: this.#openedAt,
      beatAt: this.#beatAt,
      held: this.claims.size,
    };
  }

  #silentMs(elapsed: number): number {
    return elapsed - this.#beatElapsed;
  }
}
