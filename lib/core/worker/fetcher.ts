import type { Environment } from '../environment.js';
import type { Broker, Delivery, QueueClaim, WorkReply } from '../ports/broker.js';
import type { Claim, Settled } from './run.js';
import type { Pool } from './pool.js';
import type { Session } from './session.js';

/** An idle call waits this long on the server: long enough to cost nothing, short enough to prove life. */
const WAIT_MS = 5_000;
/** Settle-and-claim calls under way at once: the next batch travels while the first is answered. */
const MOST_CALLS = 2;
const MOST_SETTLEMENTS = 1_000;

/** What one call carried, so that it can be taken back when the call fails. */
interface Call {
  readonly settled: readonly Settled[];
  readonly claims: readonly QueueClaim[];
  readonly waitMs: number;
  readonly sentAt: number;
}

export interface FetcherParts {
  readonly broker: Broker;
  readonly session: Session;
  readonly pools: ReadonlyMap<string, Pool>;
  readonly environment: Environment;
  /** Plans and schedules, which need no slot. */
  readonly control: (delivery: Delivery) => void;
  /** Settlements that were not confirmed before a fresh session took over. */
  readonly recheck: (settled: readonly Settled[]) => void;
}

/**
 * All traffic between this worker and its broker: settlements and claims of one turn of the event
 * loop travel as one call, and while a queue has nothing, one more call waits on the server for all
 * such queues. Self-healing: a call that fails, or does not answer in time, makes the session
 * recover, and everything unconfirmed is looked up and sent again.
 */
export class Fetcher {
  readonly #settled: Settled[] = [];
  readonly #calls = new Set<Call>();
  #waiting: AbortController | undefined;
  /** Settlements within `#calls`. */
  #travelling = 0;
  #scheduled = false;
  #claiming = false;
  #stopped = false;
  /** Raised with each fresh session: answers to older calls no longer count. */
  #epoch = 0;
  #lastFetchAt: number;
  /** Since when something is asked for without a break. */
  #askingSince: number | undefined;
  readonly #onQuiet: (() => void)[] = [];

  constructor(private readonly parts: FetcherParts) {
    this.#lastFetchAt = parts.environment.clock.elapsed();
  }

  /**
   * ms for which the broker has owed an answer; grows while the loop stands still. 0 while nothing is
   * asked for, as when all slots are taken.
   */
  get silentMs(): number {
    if (this.#askingSince === undefined || !this.#asking()) return 0;
    return this.#elapsed() - Math.max(this.#lastFetchAt, this.#askingSince);
  }

  *held(): Iterable<Claim> {
    for (const { claim } of this.#settled) yield claim;
    for (const { settled } of this.#calls) for (const { claim } of settled) yield claim;
  }

  /** Settlements not yet confirmed. Asked at every start. */
  get unconfirmed(): number {
    return this.#settled.length + this.#travelling;
  }

  startClaiming(): void {
    this.#claiming = true;
    this.request();
  }

  /** Nothing more is claimed; settlements still travel. */
  stopClaiming(): void {
    this.#claiming = false;
    this.#waiting?.abort();
  }

  stop(): void {
    this.stopClaiming();
    this.#stopped = true;
  }

  settle(settled: readonly Settled[]): void {
    for (const item of settled) this.#settled.push(item);
    this.request();
  }

  /** Something can be claimed or settled: say so, as often as you like. */
  request(): void {
    if (this.#scheduled || this.#stopped) return;
    this.#scheduled = true;
    setImmediate(this.#turn);
  }

  /** Once nothing is left to settle, and no answer is awaited that may bring more. */
  quiet(): Promise<void> {
    return new Promise((resolve) => {
      this.#onQuiet.push(resolve);
      this.request();
    });
  }

  /** Ends the waiting call, so that it is made anew with today's wants. */
  kick(): void {
    this.#waiting?.abort();
    this.request();
  }

  /** A fresh session took over: calls under way were the old one's. */
  renewed(): void {
    this.#epoch++;
    const doubtful = [...this.#calls].flatMap(({ settled }) => settled);
    doubtful.push(...this.#settled.splice(0));
    this.#calls.clear();
    this.#travelling = 0;
    if (doubtful.length > 0) this.parts.recheck(doubtful);
    this.#waiting?.abort();
    this.#waiting = undefined;
    for (const pool of this.parts.pools.values()) pool.forget();
    this.request();
  }

  readonly #turn = (): void => {
    this.#scheduled = false;
    if (this.#stopped) return;
    this.#askingSince = this.#asking() ? (this.#askingSince ?? this.#elapsed()) : undefined;
    const { session } = this.parts;
    if (session.opened && !session.live) return void session.recover();
    if (session.opened && this.#nonWaiting() < MOST_CALLS) this.#sendBatch();
    if (this.#claiming) this.#wait();
    if (this.unconfirmed === 0 && this.#calls.size === 0)
      for (const resolve of this.#onQuiet.splice(0)) resolve();
  };

  #sendBatch(): void {
    const settled = this.#settled.splice(0, MOST_SETTLEMENTS).filter(({ claim }) => !claim.lost);
    const claims = this.#asks(false);
    if (settled.length === 0 && claims.length === 0) return;
    void this.#send({ settled, claims, waitMs: 0, sentAt: this.#elapsed() });
  }

  /** One call waits for all queues that have nothing; a queue that joins them makes it start over. */
  #wait(): void {
    if (this.#waiting === undefined) return this.#sendWait();
    for (const pool of this.parts.pools.values())
      if (pool.dry && pool.uncovered) return this.#waiting.abort();
  }

  #sendWait(): void {
    const claims = this.#asks(true);
    if (claims.length === 0) return;
    const waiting = new AbortController();
    this.#waiting = waiting;
    const call = { settled: [], claims, waitMs: WAIT_MS, sentAt: this.#elapsed() };
    void this.#send(call, waiting.signal).then(() => {
      if (this.#waiting === waiting) this.#waiting = undefined;
      this.request();
    });
  }

  #asks(dry: boolean): QueueClaim[] {
    if (!this.#claiming) return [];
    const asks: QueueClaim[] = [];
    for (const pool of this.parts.pools.values()) {
      const ask = pool.dry === dry ? pool.ask() : undefined;
      if (ask) asks.push(ask);
    }
    return asks;
  }

  /** Some slot is free, or an answer for one is on its way. */
  #asking(): boolean {
    if (!this.#claiming) return false;
    for (const pool of this.parts.pools.values()) if (pool.asking) return true;
    return false;
  }

  async #send(call: Call, signal?: AbortSignal): Promise<void> {
    const epoch = this.#epoch;
    this.#calls.add(call);
    this.#travelling += call.settled.length;
    try {
      const reply = await this.parts.broker.work({
        session: this.parts.session.id,
        settle: call.settled.map(({ settlement }) => settlement),
        started: this.#takeStarted(),
        claims: call.claims,
        waitMs: call.waitMs,
        signal,
      });
      if (epoch === this.#epoch) this.#answered(call, reply);
    } catch (error) {
      if (epoch === this.#epoch && !this.#stopped) this.#broken(error);
    }
  }

  #takeStarted(): string[] {
    const started: string[] = [];
    for (const pool of this.parts.pools.values()) started.push(...pool.takeStarted());
    return started;
  }

  #answered(call: Call, reply: WorkReply): void {
    this.#lastFetchAt = this.#elapsed();
    this.parts.session.confirm(reply, call.sentAt);
    // While the session is renewed an answer is as good as lost: what it brings goes back (rule 14).
    if (!this.parts.session.live) return void this.parts.session.recover();
    this.#calls.delete(call);
    this.#travelling -= call.settled.length;
    const gone = new Set(reply.gone);
    this.#deliver(
      call.claims,
      reply.deliveries.filter(({ receipt }) => !gone.has(receipt)),
    );
    for (const queue of reply.wanted) this.parts.pools.get(queue)?.giveBack();
    // The bound on unconfirmed outcomes may have held starts back.
    for (const pool of this.parts.pools.values()) pool.fill();
    this.request();
  }

  #deliver(claims: readonly QueueClaim[], deliveries: readonly Delivery[]): void {
    for (const claim of claims) {
      const given = deliveries.filter(({ queue }) => queue === claim.queue);
      const jobs = given.filter(({ kind }) => kind === 'job');
      for (const delivery of given) if (delivery.kind !== 'job') this.parts.control(delivery);
      this.parts.pools.get(claim.queue)?.answered(claim, jobs);
    }
  }

  #broken(error: unknown): void {
    this.parts.environment.log.warn('the connection to the broker broke, renewing the lease', {
      error,
    });
    void this.parts.session.recover();
  }

  #nonWaiting(): number {
    return this.#calls.size - (this.#waiting === undefined ? 0 : 1);
  }

  #elapsed(): number {
    return this.parts.environment.clock.elapsed();
  }
}
