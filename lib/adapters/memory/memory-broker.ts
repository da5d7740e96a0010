import { type Clock, systemClock } from '../../core/clock.js';
import type {
  BeatReply,
  Broker,
  Delivery,
  EnqueueReply,
  Message,
  MessageKey,
  Notice,
  ReclaimRequest,
  SessionInfo,
  StoredMessage,
  WorkReply,
  WorkRequest,
} from '../../core/ports/broker.js';
import type { BrokerInspector } from '../../core/ports/broker-inspector.js';
import { ClaimDesk } from './broker/claim-desk.js';
import { MemoryInspector } from './broker/memory-inspector.js';
import { Messages } from './broker/messages.js';
import { Notices } from './broker/notices.js';
import { leaseLost, Sessions } from './broker/sessions.js';
import { WaitingCalls } from './broker/waiting-calls.js';

/** How much of dead sessions one beat hands back: some ms of work at most. */
const HANDED_BACK_PER_BEAT = 10_000;

export interface MemoryBrokerOptions {
  /** Where server time comes from. Default: the system's clock. */
  readonly clock?: Clock | undefined;
}

/**
 * A broker in the memory of this process: what the semantics of the port are, in code. Instances of
 * Tasqueue that share one see each other's messages; all of them are gone with the process. Bodies
 * are kept as they are handed in, not copied.
 */
export class MemoryBroker implements Broker {
  readonly name = 'memory';
  readonly capabilities = { atomicEnqueue: true };
  readonly inspect: BrokerInspector;
  readonly #clock: Clock;
  readonly #sessions: Sessions;
  readonly #messages = new Messages((entry) => this.#sessions.lose(entry));
  readonly #desk = new ClaimDesk(this.#messages);
  readonly #waiting: WaitingCalls;
  readonly #notices = new Notices();
  #users = 0;
  /** Since the last `close`: then nobody waits any more. */
  #closed = false;

  constructor({ clock = systemClock }: MemoryBrokerOptions = {}) {
    this.#clock = clock;
    this.#sessions = new Sessions(clock);
    this.#waiting = new WaitingCalls(this.#messages, this.#desk, clock);
    this.inspect = new MemoryInspector(this.#messages, this.#sessions, clock);
  }

  async connect(): Promise<void> {
    this.#users += 1;
    this.#closed = false;
  }

  async close(): Promise<void> {
    this.#users = Math.max(0, this.#users - 1);
    if (this.#users > 0) return;
    this.#closed = true;
    this.#waiting.end();
  }

  async ping(): Promise<number> {
    return this.#clock.now();
  }

  async enqueue(messages: readonly Message[]): Promise<readonly EnqueueReply[]> {
    const now = this.#clock.now();
    const replies = messages.map((message) => this.#messages.enqueue(message, now));
    this.#waiting.serve();
    return replies;
  }

  async remove(keys: readonly MessageKey[]): Promise<readonly boolean[]> {
    return keys.map(({ id, generation }) => {
      const entry = this.#messages.get(id);
      if (entry === undefined || entry.generation > generation) return false;
      this.#messages.remove(entry);
      return true;
    });
  }

  async find(ids: readonly string[]): Promise<readonly (StoredMessage | undefined)[]> {
    const now = this.#clock.now();
    return ids.map((id) => this.#messages.find(id, now)?.stored());
  }

  async open(info: SessionInfo): Promise<void> {
    this.#sessions.open(info, this.#clock.now());
  }

  async work(request: WorkRequest): Promise<WorkReply> {
    const now = this.#clock.now();
    const session = this.#sessions.extend(request.session, now);
    const lost = this.#desk.settle(session, request.settle, now);
    this.#desk.start(session, request.started);
    // What was given back belongs to those who have waited for it, not to the next claim.
    this.#waiting.serve();
    let deliveries: readonly Delivery[] = this.#desk.claim(session, request.claims, now);
    if (deliveries.length === 0 && !this.#closed)
      deliveries = await this.#waiting.wait(session, request);
    return {
      now: this.#clock.now(),
      gone: session.takeGone(),
      deliveries,
      lost,
      wanted: this.#waiting.wanted(session, request.claims),
    };
  }

  async beat(name: string): Promise<BeatReply> {
    const now = this.#clock.now();
    const session = this.#sessions.extend(name, now);
    if (session.maySweep) this.#sweep(now);
    return {
      now,
      gone: session.takeGone(),
      workers: this.#sessions.workers,
    };
  }

  async reclaim({ from, to, receipts }: ReclaimRequest): Promise<readonly string[]> {
    const old = this.#sessions.close(from);
    const session = this.#sessions.open(to, this.#clock.now());
    if (old !== undefined) {
      for (const receipt of receipts) {
        const entry = old.letGo(receipt);
        if (entry !== undefined) session.claims.set(receipt, entry);
      }
      this.#desk.handBackAll(old);
      this.#waiting.end(old, leaseLost(from));
      this.#waiting.serve();
    }
    return receipts.filter((receipt) => session.claims.has(receipt));
  }

  async leave(name: string): Promise<void> {
    const session = this.#sessions.close(name);
    if (session === undefined) return;
    this.#desk.handBackAll(session);
    this.#waiting.end(session);
    this.#waiting.serve();
  }

  async pause(queue: string, paused: boolean): Promise<void> {
    this.#messages.pause(queue, paused);
    this.#waiting.serve();
  }

  async broadcast(notice: Notice): Promise<void> {
    this.#notices.broadcast(notice);
  }

  listen(hear: (notice: Notice) => void): () => void {
    return this.#notices.listen(hear);
  }

  #sweep(now: number): void {
    for (const session of this.#sessions.bury())
      this.#waiting.end(session, leaseLost(session.info.session));
    let left = HANDED_BACK_PER_BEAT;
    for (const entry of this.#sessions.estate()) {
      this.#desk.handBackDead(entry, now);
      if ((left -= 1) === 0) break;
    }
    this.#waiting.serve();
  }
}
