import type { QueueClaim } from '../../../core/ports/broker.js';
import {
  byDueTime,
  byPriority,
  CLAIMED,
  DELAYED,
  type DueKey,
  type Entry,
  RETRYING,
  STARTED,
  type StateIndex,
  WAITING,
  type WaitingKey,
} from './entry.js';
import type { PagePlace } from '../page-cursor.js';
import { SortedList } from '../sorted-list.js';

/**
 * The messages of one queue. An entry is put in, taken by a claim, and then dropped, put in again, or
 * put back in its old place. Entries become due as time is looked at: the caller says what time it is.
 */
export class MessageQueue {
  paused = false;
  readonly #waiting = new SortedList<WaitingKey, Entry>(byPriority);
  readonly #delayed = new SortedList<DueKey, Entry>(byDueTime);
  /** How many jobs are in each state, by its number. */
  readonly #counts = [0, 0, 0, 0, 0];
  /** All entries, claimed ones, plans and schedules too. */
  #size = 0;

  /** `nextOrder` counts up for all queues, so that a queue that was empty goes on where it was. */
  constructor(
    readonly name: string,
    private readonly nextOrder: () => number,
  ) {}

  get empty(): boolean {
    return this.#size === 0;
  }

  /** When the next entry comes due that is not; Infinity without one. */
  get nextDueAt(): number {
    return this.#delayed.first?.dueAt ?? Infinity;
  }

  count(state: StateIndex): number {
    return this.#counts[state] ?? 0;
  }

  /** Takes in a new entry: due at once behind those that are due, or later. */
  add(entry: Entry, now: number): void {
    this.#size += 1;
    this.#place(entry, entry.dueAt > now ? DELAYED : WAITING, now);
  }

  /** A claimed entry comes back at its `dueAt`. */
  retry(entry: Entry, now: number): void {
    this.#count(entry, -1);
    this.#place(entry, entry.dueAt > now ? RETRYING : WAITING, now);
  }

  /** A claimed entry comes back in front, in its old order. */
  release(entry: Entry): void {
    this.#enter(entry, WAITING);
    this.#waiting.add(entry);
  }

  /** Claims what is due, next first: what fills the slots counts as started. */
  take({ slots, ahead }: QueueClaim, now: number): Entry[] {
    if (!this.ready(now)) return [];
    const taken = this.#waiting.take(slots + ahead);
    for (let index = 0; index < taken.length; index += 1) {
      const entry = taken[index];
      if (entry !== undefined) this.#enter(entry, index < slots ? STARTED : CLAIMED);
    }
    return taken;
  }

  /** A session has begun with an entry that it had read ahead. */
  start(entry: Entry): void {
    this.#enter(entry, STARTED);
  }

  /** The entry goes for good, wherever it stands. */
  drop(entry: Entry): void {
    this.#size -= 1;
    this.#count(entry, -1);
    if (entry.state === WAITING) this.#waiting.remove(entry);
    else if (entry.state === DELAYED || entry.state === RETRYING) this.#delayed.remove(entry);
  }

  /** Whether a claim would be given something. */
  ready(now: number): boolean {
    this.promote(now);
    return this.#waiting.size > 0 && !this.paused;
  }

  /** Lets what has come due wait in line: the oldest due first, before anything that comes later. */
  promote(now: number): void {
    if (this.nextDueAt > now) return;
    for (const entry of this.#delayed.takeWhile(({ dueAt }) => dueAt <= now)) {
      this.#enter(entry, WAITING);
      entry.order = this.nextOrder();
      this.#waiting.add(entry);
    }
  }

  /** When what waits longest became due. Looks at the head of each priority. */
  oldestDueAt(): number | undefined {
    let oldest = Infinity;
    let head = this.#waiting.first;
    while (head !== undefined) {
      const isJob = head.kind === 'job';
      if (isJob) oldest = Math.min(oldest, head.dueAt);
      const order = isJob ? Infinity : head.order;
      head = this.#waiting.after({ priority: head.priority, order }).next().value ?? undefined;
    }
    return oldest === Infinity ? undefined : oldest;
  }

  /** What is due, next to run first; behind a place among it. */
  waiting(place?: PagePlace): Iterable<Entry> {
    return this.#waiting.after(place && { priority: place.rank, order: place.order });
  }

  /** What is not due, by due time; behind a place among it. */
  delayed(place?: PagePlace): Iterable<Entry> {
    return this.#delayed.after(place && { dueAt: place.rank, order: place.order });
  }

  #place(entry: Entry, state: StateIndex, now: number): void {
    this.promote(now);
    entry.state = state;
    entry.order = this.nextOrder();
    this.#count(entry, 1);
    if (state !== WAITING) this.#delayed.add(entry);
    else {
      // The slot of a schedule is told as it was set; anything else became due just now.
      if (entry.kind !== 'schedule') entry.dueAt = now;
      this.#waiting.add(entry);
    }
  }

  #enter(entry: Entry, state: StateIndex): void {
    this.#count(entry, -1);
    entry.state = state;
    this.#count(entry, 1);
  }

  #count(entry: Entry, by: number): void {
    if (entry.kind !== 'job') return;
    this.#counts[entry.state] = (this.#counts[entry.state] ?? 0) + by;
  }
}
