import type { Subscription } from 'nats';
import { fromToken } from '../connection/subject-token.js';
import { DueList, type DueTicket } from './due-list.js';
import { DueReader } from './due-reader.js';
import type { Ground } from './ground.js';
import type { Level } from './level.js';
import { MoverLock, SHOW_MS } from './mover-lock.js';
import type { Queues } from './queues.js';
import type { Records } from './records.js';
import type { RecordKey, Tickets } from './tickets.js';

/** Never early: clocks are known this well. */
const MARGIN_MS = 1;
const MOST_AT_ONCE = 1_000;
const LONGEST_NAP_MS = 1_000;
const DOING = 'moving what comes due';

export interface MoverParts {
  readonly ground: Ground;
  readonly queues: Queues;
  readonly records: Records;
  readonly tickets: Tickets;
}

/** Puts the tickets of what comes due into their queues. Every client is ready to do it; one does. */
export class Mover {
  readonly #lock: MoverLock;
  readonly #due = new DueList();
  readonly #reader: DueReader;
  /** What could not be moved: tried again with the next turn, so that the rest does not wait for it. */
  readonly #refused: DueTicket[] = [];
  #leading = false;
  #stopped = false;
  #moving = false;
  #ticking = false;
  #subscription: Subscription | undefined;
  #showTimer: NodeJS.Timeout | undefined;
  #dueTimer: NodeJS.Timeout | undefined;

  constructor(private readonly parts: MoverParts) {
    this.#lock = new MoverLock(parts.ground);
    this.#reader = new DueReader(parts.ground, (ticket) => {
      this.#due.add(ticket);
      this.#arm();
    });
  }

  async start(): Promise<void> {
    const { link, layout } = this.parts.ground;
    this.#subscription = link.connection.subscribe(layout.notice('mover'), {
      callback: () => void this.#tick(),
    });
    await this.#tick();
    this.#showTimer = setInterval(() => void this.#tick(), SHOW_MS).unref();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#showTimer);
    this.#subscription?.unsubscribe();
    this.#forget();
    await this.#lock.leave().catch(() => undefined);
  }

  /** After a reconnect: tickets may have been put that we did not hear of. */
  reread(): void {
    this.#forget();
    void this.#tick();
  }

  async #tick(): Promise<void> {
    if (this.#stopped || this.#ticking) return;
    this.#ticking = true;
    try {
      await this.#lock.show();
      if (this.#lock.held) await this.#lookAhead();
      else this.#forget();
    } catch (error) {
      // The next turn tries again.
      this.parts.ground.report({ doing: DOING, error });
    } finally {
      this.#ticking = false;
    }
    if (this.#stopped) this.#forget();
    else this.#arm();
  }

  /** At first also what came due while nobody moved it. */
  async #lookAhead(): Promise<void> {
    await this.#reader.readAhead();
    if (!this.#leading) await this.#reader.readOverdue();
    this.#leading = true;
    for (const ticket of this.#refused.splice(0)) this.#due.add(ticket);
  }

  #arm(): void {
    clearTimeout(this.#dueTimer);
    if (this.#stopped || !this.#leading) return;
    const inMs = this.#due.nextDueAt + MARGIN_MS - this.parts.ground.clock.now();
    const napMs = Math.min(Math.max(0, inMs), LONGEST_NAP_MS);
    this.#dueTimer = setTimeout(() => void this.#move(), napMs).unref();
  }

  async #move(): Promise<void> {
    if (this.#moving || !this.#lock.held) return;
    this.#moving = true;
    const due = this.#due.take(this.parts.ground.clock.now() - MARGIN_MS, MOST_AT_ONCE);
    await Promise.all(
      due.map((ticket) => this.#put(ticket).catch((error: unknown) => this.#refuse(ticket, error))),
    );
    this.#moving = false;
    this.#arm();
  }

  #refuse(ticket: DueTicket, error: unknown): void {
    this.#refused.push(ticket);
    this.parts.ground.report({ doing: DOING, error });
  }

  async #put({ subject, ...ticket }: DueTicket): Promise<void> {
    const { ground, queues, tickets } = this.parts;
    const { queueToken, priority, kind, revision, idToken } = ticket;
    const id = fromToken(idToken);
    const key = { id, revision };
    const level = queues.byKey(`${queueToken}.${priority}`) ?? (await this.#unheardOf(key));
    if (level) await tickets.putDue(level, tickets.subjectOf(level, kind, id), key);
    await ground.jetStream.deleteLastOn(ground.layout.later, subject);
  }

  /** Nobody has told us of the queue yet: the record names it, unless the ticket is void. */
  async #unheardOf({ id, revision }: RecordKey): Promise<Level | undefined> {
    const { queues, records } = this.parts;
    const record = await records.get(id);
    return record?.revision === revision ? queues.ensure(record.queue, record.priority) : undefined;
  }

  #forget(): void {
    this.#leading = false;
    this.#reader.forget();
    this.#due.clear();
    this.#refused.length = 0;
    clearTimeout(this.#dueTimer);
  }
}
