import type { LaterTicket } from './layout.js';

export interface DueTicket extends LaterTicket {
  readonly subject: string;
}

/** Tickets that come due soon: the next first, of one instant the first enqueued first. */
export class DueList {
  readonly #known = new Set<string>();
  #tickets: DueTicket[] = [];
  #sorted = true;

  get nextDueAt(): number {
    this.#sort();
    return this.#tickets.at(-1)?.dueAt ?? Infinity;
  }

  add(ticket: DueTicket): void {
    if (this.#known.has(ticket.subject)) return;
    this.#known.add(ticket.subject);
    const last = this.#tickets.at(-1);
    this.#tickets.push(ticket);
    if (last !== undefined && byDueTime(last, ticket) < 0) this.#sorted = false;
  }

  /** Takes out what is due, up to so many. */
  take(now: number, most: number): readonly DueTicket[] {
    this.#sort();
    const taken: DueTicket[] = [];
    while (taken.length < most) {
      const ticket = this.#tickets.at(-1);
      if (ticket === undefined || ticket.dueAt > now) break;
      this.#tickets.pop();
      this.#known.delete(ticket.subject);
      taken.push(ticket);
    }
    return taken;
  }

  clear(): void {
    this.#tickets = [];
    this.#known.clear();
    this.#sorted = true;
  }

  #sort(): void {
    if (this.#sorted) return;
    // The next is at the end, where it is cheap to take.
    this.#tickets.sort((a, b) => byDueTime(b, a));
    this.#sorted = true;
  }
}

function byDueTime(a: DueTicket, b: DueTicket): number {
  return a.dueAt - b.dueAt || a.revision - b.revision;
}
