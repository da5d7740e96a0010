import type { Claim } from './claim.js';
import type { Consumers } from './consumers.js';
import type { Ground } from './ground.js';
import type { Level } from './level.js';
import type { Queues } from './queues.js';
import { dueAtOf, type Record } from './record.js';
import type { Records } from './records.js';
import { decodeTicket } from './ticket.js';
import { laterOf, type Tickets } from './tickets.js';

export interface RescheduleParts {
  readonly ground: Ground;
  readonly queues: Queues;
  readonly records: Records;
  readonly tickets: Tickets;
  readonly consumers: Consumers;
}

export interface When {
  readonly delayMs?: number | undefined;
  readonly dueAt?: number | undefined;
  /** Added to those of before. */
  readonly crashes: number;
}

/**
 * Lets claimed messages come again at another time: a new revision of the record, which voids the
 * claimed ticket, and then the ticket of that revision. Dying in between leaves a void ticket, and
 * who finds that puts the right one.
 */
export class Rescheduler {
  constructor(private readonly parts: RescheduleParts) {}

  /** False when the message is no longer there, or has moved on. */
  async again(claim: Claim, when: (record: Record) => When): Promise<boolean> {
    const { queues, records, tickets, consumers, ground } = this.parts;
    const level = queues.byKey(claim.levelKey);
    if (level === undefined) return false;
    const old = await this.#read(level, claim);
    const now = ground.clock.now();
    const record = old && (await records.put(nextOf(old, when(old), now), claim.revision));
    if (record === undefined) return this.#mend(claim);
    if (record.dueAt > now) {
      await tickets.putLater(laterOf(record));
      await consumers.ack([claim]);
    } else {
      const subject = tickets.subjectOf(level, record.kind, record.id);
      await tickets.putDue(level, subject, record, claim.sequence);
    }
    return true;
  }

  /** It has moved on: perhaps by one who died before he could put the new ticket. */
  async #mend(claim: Claim): Promise<boolean> {
    const record = await this.parts.records.get(claim.id);
    if (record === undefined || record.revision === claim.revision) return false;
    await this.parts.tickets.put(record);
    await this.parts.consumers.ack([claim]);
    return false;
  }

  async #read(level: Level, claim: Claim): Promise<Record | undefined> {
    if (claim.revision > 0) {
      const record = await this.parts.records.get(claim.id);
      return record?.revision === claim.revision ? record : undefined;
    }
    const stored = await this.parts.ground.jetStream.at(level.stream, claim.sequence);
    if (stored === undefined) return undefined;
    const ticket = decodeTicket(stored.data);
    if (!ticket.whole) return undefined;
    const { id, generation, kind } = claim;
    const { queue, priority } = level;
    const { dueAt, body } = ticket;
    return { id, generation, kind, queue, priority, dueAt, crashes: 0, past: 'given', body };
  }
}

function nextOf(old: Record, { delayMs = 0, dueAt, crashes }: When, now: number): Record {
  return {
    ...old,
    dueAt: dueAtOf(old.kind, dueAt ?? now + delayMs, now),
    crashes: old.crashes + crashes,
    past: 'given',
  };
}
