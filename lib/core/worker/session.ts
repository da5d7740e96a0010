import { BrokerUnavailableError, LeaseLostError } from '../errors.js';
import { within } from '../deadline.js';
import type { CancelTimer } from '../clock.js';
import type { Environment } from '../environment.js';
import type { Broker, SessionReply } from '../ports/broker.js';

/** Beats per lease: two may be lost before the lease is. */
const BEATS_PER_LEASE = 3;
/** First and longest pause between two tries to get a session back. */
const FIRST_RETRY_MS = 50;
const LONGEST_RETRY_MS = 2_000;

export interface SessionOwner {
  /** Receipts that must survive: running handlers, and outcomes not yet confirmed. */
  held(): readonly string[];
  /** The claims behind these are gone for good; another worker may have them. */
  lost(receipts: readonly string[]): void;
  /** Receipts whose messages were removed or replaced. */
  gone(receipts: readonly string[]): void;
  /** A fresh session took over: calls under way belong to the old one. */
  renewed(): void;
  queues(): readonly string[];
}

/**
 * This process's one lease on all that it has claimed.
 *
 * Modes: closed → `open()` → live → (lost, silent too long, or the connection broke) → `recover()` →
 * live; `close()` from any. While it recovers nothing is sent: a worker past its own lease reclaims
 * before it sends anything (rule 14).
 */
export class Session {
  #id = '';
  /** Local elapsed time at which the last confirmed call was sent. */
  #confirmedAt = 0;
  /** By how much server time is ahead of local elapsed time, which, unlike the wall clock, never jumps. */
  #serverAheadMs: number;
  #recovery: Promise<void> | undefined;
  #closed = true;
  #cancelBeat: CancelTimer | undefined;
  #workers = 1;
  #recoveredAt = -Infinity;

  constructor(
    private readonly broker: Broker,
    private readonly leaseMs: number,
    private readonly environment: Environment,
    private readonly owner: SessionOwner,
  ) {
    const { clock } = environment;
    this.#serverAheadMs = clock.now() - clock.elapsed();
  }

  get id(): string {
    return this.#id;
  }

  get opened(): boolean {
    return this.#id !== '';
  }

  /** Live sessions on this broker, as of the last beat. */
  get workers(): number {
    return this.#workers;
  }

  /** Server time, epoch ms, as far as replies have told. */
  now(): number {
    return Math.floor(this.environment.clock.elapsed() + this.#serverAheadMs);
  }

  async open(): Promise<void> {
    const info = this.#info();
    this.#closed = false;
    const sentAt = this.environment.clock.elapsed();
    await this.broker.open(info);
    this.#take(info.session, sentAt);
    // Who else lives is asked before anything is claimed: an unknown task may be known to another.
    await this.#beat();
    this.#scheduleBeat();
  }

  /** Live sessions as of now; as of the last beat where no answer comes. */
  async countWorkers(): Promise<number> {
    await this.#beat();
    return this.#workers;
  }

  /** What is still held goes back to its queues. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#cancelBeat?.();
    await this.#recovery;
    await this.#answered(this.broker.leave(this.#id));
  }

  /** False when the lease may have lapsed: then `recover` before anything is sent. */
  get live(): boolean {
    return (
      this.#recovery === undefined &&
      this.environment.clock.elapsed() - this.#confirmedAt < this.leaseMs
    );
  }

  /** Every reply from the broker proves that the lease was extended when its call was sent. */
  confirm(reply: SessionReply, sentAt: number): void {
    this.#confirmedAt = Math.max(this.#confirmedAt, sentAt);
    this.#serverAheadMs = reply.now - this.environment.clock.elapsed();
    if (reply.gone.length > 0) this.owner.gone(reply.gone);
  }

  /** Moves what is held to a fresh session; resolves when it is live, or closed. */
  recover(): Promise<void> {
    this.#recovery ??= this.#reclaim().finally(() => (this.#recovery = undefined));
    return this.#recovery;
  }

  async #reclaim(): Promise<void> {
    let pauseMs = FIRST_RETRY_MS;
    // Straight after another one the cause is still there: do not spin.
    if (this.environment.clock.elapsed() - this.#recoveredAt < LONGEST_RETRY_MS)
      await this.#pause(LONGEST_RETRY_MS);
    // Every try names the same session: one that took effect, its reply lost, is found done by the next.
    const to = this.#info();
    while (!this.#closed) {
      const receipts = this.owner.held();
      const sentAt = this.environment.clock.elapsed();
      try {
        const kept = new Set(
          await this.#answered(this.broker.reclaim({ from: this.#id, to, receipts })),
        );
        this.#take(to.session, sentAt);
        this.#recoveredAt = this.environment.clock.elapsed();
        this.owner.renewed();
        this.owner.lost(receipts.filter((receipt) => !kept.has(receipt)));
        return;
      } catch (error) {
        this.environment.log.warn('cannot reach the broker to renew the lease, trying again', {
          error,
          pauseMs,
        });
        await this.#pause(pauseMs);
        pauseMs = Math.min(LONGEST_RETRY_MS, pauseMs * 2);
      }
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.environment.clock.timer(ms, resolve));
  }

  #scheduleBeat(): void {
    this.#cancelBeat = this.environment.clock.timer(this.leaseMs / BEATS_PER_LEASE, () => {
      void this.#beat();
      this.#scheduleBeat();
    });
  }

  /** A call that never answers must not stop the beating: half-open connections do that. */
  #answered<T>(call: Promise<T>): Promise<T> {
    const { clock } = this.environment;
    return within(clock, this.leaseMs / BEATS_PER_LEASE, call, () => {
      return new BrokerUnavailableError('the broker did not answer in time');
    });
  }

  async #beat(): Promise<void> {
    if (!this.live) return this.recover();
    const session = this.#id;
    const sentAt = this.environment.clock.elapsed();
    try {
      const reply = await this.#answered(this.broker.beat(session));
      if (session !== this.#id || this.#closed) return;
      this.confirm(reply, sentAt);
      this.#workers = reply.workers;
    } catch (error) {
      if (this.#closed) return;
      // One lost beat is no lost lease; the next one, or `live`, tells.
      if (error instanceof LeaseLostError) await this.recover();
      else this.environment.log.warn('heartbeat failed', { error });
    }
  }

  #take(session: string, sentAt: number): void {
    this.#id = session;
    this.#confirmedAt = sentAt;
  }

  #info() {
    const { host, pid, random } = this.environment;
    return { session: random.id(), leaseMs: this.leaseMs, host, pid, queues: this.owner.queues() };
  }
}
