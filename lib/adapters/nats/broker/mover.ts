import type { Subscription } from 'nats';
import { fromToken } from '../connection/subject-token.js';
import { DueList, type DueTicket } from './due-list.js';
import type { Ground } from './ground.js';
import { hourOf, minuteOf } from './layout.js';
import { MoverLock, SHOW_MS } from './mover-lock.js';
import type { Queues } from './queues.js';
import type { Tickets } from './tickets.js';

/** Minutes are read this long before they begin. */
const AHEAD_MS = 15_000;
const MINUTE_MS = 60_000;
/** What was put with an instant already past is heard of for so long. */
const MINUTES_HEARD = 3;
/** Never early: clocks are known this well. */
const MARGIN_MS = 1;
const MOST_AT_ONCE = 1_000;
const LONGEST_NAP_MS = 1_000;

/** Puts the tickets of what comes due into their queues. Every client is ready to do it; one does. */
export class Mover {
  readonly #lock: MoverLock;
  readonly #due = new DueList();
  /** Minutes that are read, by their start in epoch minutes. */
  readonly #minutes = new Map<number, Subscription>();
  #leading = false;
  #stopped = false;
  #moving = false;
  #ticking = false;
  #subscription: Subscription | undefined;
  #showTimer: NodeJS.Timeout | undefined;
  #dueTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly ground: Ground,
    private readonly queues: Queues,
    private readonly tickets: Tickets,
  ) {
    this.#lock = new MoverLock(ground);
  }

  async start(): Promise<void> {
    const { link, layout } = this.ground;
    this.#subscription = link.connection.subscribe(layout.notice('mover'), {
      callback: () => void this.#tick(),
    });
    await this.#tick();
    this.#showTimer = setInterval(() => void this.#tick(), SHOW_MS).unref();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#showTimer);
    clearTimeout(this.#dueTimer);
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
      if (!this.#lock.held) {
        this.#forget();
        return;
      }
      if (!this.#leading) await this.#lead();
      await this.#readAhead();
    } catch {
      // The connection is down, or the server is. The next turn tries again.
    } finally {
      this.#ticking = false;
    }
    this.#arm();
  }

  /** Reads all that came due while nobody moved it. */
  async #lead(): Promise<void> {
    this.#leading = true;
    const { jetStream, layout, clock } = this.ground;
    const now = clock.now();
    const markers = await jetStream.subjects(layout.later, layout.laterHours);
    for (const marker of markers) {
      const hour = Number(marker.split('.').at(-1));
      if (hour > hourOf(now)) continue;
      const subjects = await jetStream.subjects(layout.later, layout.laterOf({ hour }));
      for (const subject of subjects) {
        const ticket = layout.readLaterTicket(subject);
        if (ticket.dueAt <= now) this.#due.add({ ...ticket, subject });
      }
    }
  }

  async #readAhead(): Promise<void> {
    const now = this.ground.clock.now();
    const first = Math.floor(now / MINUTE_MS);
    const last = Math.floor((now + AHEAD_MS) / MINUTE_MS);
    for (let minute = first; minute <= last; minute += 1)
      if (!this.#minutes.has(minute)) await this.#readMinute(minute);
    for (const [minute, subscription] of this.#minutes)
      if (minute < first - MINUTES_HEARD) {
        subscription.unsubscribe();
        this.#minutes.delete(minute);
      }
  }

  /** First listens, then reads: what comes meanwhile is heard. */
  async #readMinute(start: number): Promise<void> {
    const { link, jetStream, layout } = this.ground;
    const at = start * MINUTE_MS;
    const filter = layout.laterOf({ hour: hourOf(at), minute: minuteOf(at) });
    const subscription = link.connection.subscribe(filter, {
      callback: (error, msg) => {
        if (error !== null) return;
        this.#due.add({ ...layout.readLaterTicket(msg.subject), subject: msg.subject });
        this.#arm();
      },
    });
    this.#minutes.set(start, subscription);
    for (const subject of await jetStream.subjects(layout.later, filter))
      this.#due.add({ ...layout.readLaterTicket(subject), subject });
  }

  #arm(): void {
    clearTimeout(this.#dueTimer);
    if (this.#stopped || !this.#leading) return;
    const inMs = this.#due.nextDueAt + MARGIN_MS - this.ground.clock.now();
    this.#dueTimer = setTimeout(
      () => void this.#move(),
      Math.min(Math.max(0, inMs), LONGEST_NAP_MS),
    );
    this.#dueTimer.unref();
  }

  async #move(): Promise<void> {
    if (this.#moving || !this.#lock.held) return;
    this.#moving = true;
    const due = this.#due.take(this.ground.clock.now() - MARGIN_MS, MOST_AT_ONCE);
    try {
      await Promise.all(due.map((ticket) => this.#put(ticket)));
    } catch {
      for (const ticket of due) this.#due.add(ticket);
    } finally {
      this.#moving = false;
      this.#arm();
    }
  }

  async #put({ subject, ...ticket }: DueTicket): Promise<void> {
    const { jetStream, layout } = this.ground;
    const { queueToken, priority, kind, revision, idToken } = ticket;
    const level = this.queues.byKey(`${queueToken}.${priority}`);
    if (level !== undefined) {
      const id = fromToken(idToken);
      await this.tickets.putDue(level, this.tickets.subjectOf(level, kind, id), { id, revision });
    }
    await jetStream.deleteLastOn(layout.later, subject);
  }

  #forget(): void {
    this.#leading = false;
    for (const subscription of this.#minutes.values()) subscription.unsubscribe();
    this.#minutes.clear();
    this.#due.clear();
    clearTimeout(this.#dueTimer);
  }
}
