import type { CancelTimer, Clock } from '../clock.js';
import type { Delivery, QueueClaim } from '../ports/broker.js';
import { Claim } from './run.js';
import type { ReadAhead } from './read-ahead.js';

/** Unstarted jobs go back to the queue when no handler has ended for this long. */
const STALL_MS = 10;

export interface PoolActions {
  /** These have just come; they start later, in their order. */
  claimed(claims: readonly Claim[]): void;
  /** Runs a claim, and frees it when its slot is free. Never throws. */
  execute(claim: Claim): void;
  /** Hands unstarted claims back. */
  giveBack(claims: readonly Claim[]): void;
  /** A slot became free, or more may be claimed. */
  wanting(): void;
  /** False while too many outcomes are unconfirmed: then nothing new starts. */
  mayStart(): boolean;
}

export interface PoolParts {
  readonly readAhead: ReadAhead;
  readonly clock: Clock;
  readonly actions: PoolActions;
}

/**
 * The slots of one queue in this process: never more than `concurrency` handlers at once, and in
 * front of them the few claims read ahead. It moves claims and decides nothing about jobs.
 */
export class Pool {
  readonly #active = new Set<Claim>();
  #ahead: Claim[] = [];
  /** Those before it have started; a shift per start would cost the length of the window. */
  #next = 0;
  #filling = false;
  /** No handler has ended for a while: nothing is read ahead until one has. */
  #stalled = false;
  #paused = false;
  #asked = 0;
  #ended = 0;
  #cancelStall: CancelTimer | undefined;
  /** The last claim came back short: only a waiting call can bring more. */
  dry = false;

  constructor(
    readonly queue: string,
    private concurrencyNow: number,
    private readonly parts: PoolParts,
  ) {}

  get concurrency(): number {
    return this.concurrencyNow;
  }

  held(): Iterable<Claim> {
    return this.#active;
  }

  /** Claims read ahead. Whether they are lost matters to nobody but this pool. */
  unstarted(): Iterable<Claim> {
    return this.#ahead.slice(this.#next);
  }

  get running(): number {
    return this.#active.size;
  }

  get idle(): boolean {
    return this.#active.size === 0 && this.#unstarted === 0;
  }

  setConcurrency(concurrency: number): void {
    this.concurrencyNow = concurrency;
    this.fill();
    this.parts.actions.wanting();
  }

  pause(paused: boolean): void {
    this.#paused = paused;
    if (paused) this.giveBack();
    this.parts.actions.wanting();
  }

  /** It could take more, and no call asks for it. */
  get uncovered(): boolean {
    return this.#asked === 0 && this.#want() !== undefined;
  }

  /** It could take more, or has asked for it. */
  get asking(): boolean {
    return this.#asked > 0 || this.#want() !== undefined;
  }

  /** What to ask the broker for now, counted as asked until `answered`. */
  ask(): QueueClaim | undefined {
    const want = this.#want();
    if (want) this.#asked += want.slots + want.ahead;
    return want;
  }

  #want(): QueueClaim | undefined {
    if (this.#paused || !this.parts.actions.mayStart()) return undefined;
    const held = this.#active.size + this.#unstarted + this.#asked;
    const slots = Math.max(0, this.concurrencyNow - held);
    const window = this.#stalled ? 0 : this.parts.readAhead.window(this.concurrencyNow);
    const ahead = Math.max(0, this.concurrencyNow + window - held - slots);
    // A trickle of single read-ahead claims would cost a call each: ask when half the window is open.
    if (slots === 0 && ahead * 2 < window) return undefined;
    if (slots + ahead === 0) return undefined;
    return { queue: this.queue, slots, ahead };
  }

  /** The call that carried this claim has ended, with or without deliveries. */
  answered({ slots, ahead }: QueueClaim, deliveries: readonly Delivery[]): void {
    this.#asked -= slots + ahead;
    this.dry = deliveries.length < slots + ahead;
    // Those that have started are let go of here: the list may never run empty.
    this.#ahead = this.#ahead.slice(this.#next);
    this.#next = 0;
    const claims = deliveries.map((delivery, index) => new Claim(delivery, index < slots));
    for (const claim of claims) this.#ahead.push(claim);
    if (claims.length > 0) this.parts.actions.claimed(claims);
    // Asked for before it was paused, or stopped: nothing of it starts here.
    if (this.#paused) this.giveBack();
    else this.fill();
  }

  /** Starts what may start: one after the other, however many handlers answer at once. */
  fill(): void {
    if (this.#filling) return;
    this.#filling = true;
    while (this.#next < this.#ahead.length && this.#mayStart()) {
      const claim = this.#ahead[this.#next++];
      if (claim && !claim.lost) this.#start(claim);
    }
    this.#filling = false;
    if (this.#next > 0 && this.#next === this.#ahead.length) this.#forgetAhead();
    this.#watchForStall();
  }

  /** Empties the read-ahead: claims that have not started go back in front of their queue. */
  giveBack(): void {
    const claims = this.#ahead.slice(this.#next).filter(({ lost }) => !lost);
    this.#forgetAhead();
    this.#cancelStall?.();
    this.#cancelStall = undefined;
    if (claims.length > 0) this.parts.actions.giveBack(claims);
  }

  /** Its claims were lost before they started, or asked for in vain: the broker has them back already. */
  forget(): void {
    this.#forgetAhead();
    this.#asked = 0;
    // Whether the broker was told is not known: it is told again.
    for (const claim of this.#active) claim.told = false;
  }

  /** Receipts of running claims that the broker does not know to have started. */
  takeStarted(): string[] {
    const started: string[] = [];
    for (const claim of this.#active)
      if (!claim.told) {
        claim.told = true;
        started.push(claim.delivery.receipt);
      }
    return started;
  }

  get #unstarted(): number {
    return this.#ahead.length - this.#next;
  }

  #forgetAhead(): void {
    this.#ahead = [];
    this.#next = 0;
  }

  #mayStart(): boolean {
    return (
      !this.#paused && this.#active.size < this.concurrencyNow && this.parts.actions.mayStart()
    );
  }

  #start(claim: Claim): void {
    this.#active.add(claim);
    claim.onFree = this.#freed;
    this.parts.actions.execute(claim);
  }

  readonly #freed = (claim: Claim): void => {
    this.#active.delete(claim);
    this.#ended++;
    this.#stalled = false;
    if (claim.run?.durationMs !== undefined) this.parts.readAhead.observe(claim.run.durationMs);
    this.fill();
    this.parts.actions.wanting();
  };

  /** A handler that turned slow must not keep jobs from idle workers. */
  #watchForStall(): void {
    if (this.#unstarted === 0 || this.#cancelStall) return;
    const endedBefore = this.#ended;
    this.#cancelStall = this.parts.clock.timer(STALL_MS, () => {
      this.#cancelStall = undefined;
      if (this.#ended !== endedBefore) return this.#watchForStall();
      this.#stalled = true;
      this.giveBack();
    });
  }
}
