import type { Subscription } from 'nats';
import type { DueTicket } from './due-list.js';
import type { Ground } from './ground.js';
import { hourOf, minuteOf } from './layout.js';

/** Minutes are read this long before they begin. */
const AHEAD_MS = 15_000;
const MINUTE_MS = 60_000;
/** What was put with an instant already past is heard of for so long. */
const MINUTES_HEARD = 3;
/** Markers of hours that are this long past, and in which nothing is left, go. */
const HOURS_MARKED = 24;

/** Finds the tickets that are due, or will be soon, minute by minute. One may be told of twice. */
export class DueReader {
  /** Minutes that are listened to, by their start in epoch minutes. */
  readonly #minutes = new Map<number, Subscription>();

  constructor(
    private readonly ground: Ground,
    private readonly tell: (ticket: DueTicket) => void,
  ) {}

  /** All that came due while nobody listened. To be called after `readAhead`: together they miss nothing. */
  async readOverdue(): Promise<void> {
    const { jetStream, layout, clock } = this.ground;
    const now = clock.now();
    const markers = await jetStream.subjects(layout.later, layout.laterHours);
    for (const marker of markers) {
      const hour = Number(marker.split('.').at(-1));
      if (hour > hourOf(now)) continue;
      const subjects = await jetStream.subjects(layout.later, layout.laterOf({ hour }));
      for (const subject of subjects) {
        const ticket = layout.readLaterTicket(subject);
        if (ticket.dueAt <= now) this.tell({ ...ticket, subject });
      }
      if (subjects.length === 0 && hour < hourOf(now) - HOURS_MARKED)
        await jetStream.deleteLastOn(layout.later, marker);
    }
  }

  /** The minutes before, this one, and the next when it is about to begin. */
  async readAhead(): Promise<void> {
    const now = this.ground.clock.now();
    const first = Math.floor(now / MINUTE_MS) - MINUTES_HEARD;
    const last = Math.floor((now + AHEAD_MS) / MINUTE_MS);
    for (let minute = first; minute <= last; minute += 1)
      if (!this.#minutes.has(minute)) await this.#listen(minute);
    for (const [minute, subscription] of this.#minutes)
      if (minute < first) {
        // Notices may be lost: what nobody told of is found now.
        await this.#read(minute);
        subscription.unsubscribe();
        this.#minutes.delete(minute);
      }
  }

  forget(): void {
    for (const subscription of this.#minutes.values()) subscription.unsubscribe();
    this.#minutes.clear();
  }

  /** First listens, then reads: what comes meanwhile is heard. */
  async #listen(minute: number): Promise<void> {
    const { link, layout } = this.ground;
    const subscription = link.connection.subscribe(this.#filter(minute), {
      callback: (error, { subject }) => {
        if (error === null) this.tell({ ...layout.readLaterTicket(subject), subject });
      },
    });
    this.#minutes.set(minute, subscription);
    try {
      await this.#read(minute);
    } catch (error) {
      subscription.unsubscribe();
      this.#minutes.delete(minute);
      throw error;
    }
  }

  async #read(minute: number): Promise<void> {
    const { jetStream, layout } = this.ground;
    for (const subject of await jetStream.subjects(layout.later, this.#filter(minute)))
      this.tell({ ...layout.readLaterTicket(subject), subject });
  }

  #filter(minute: number): string {
    const at = minute * MINUTE_MS;
    return this.ground.layout.laterOf({ hour: hourOf(at), minute: minuteOf(at) });
  }
}
