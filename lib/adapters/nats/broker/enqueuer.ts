import type { EnqueueReply } from '../../../core/ports/broker.js';
import type { Message } from '../../../core/ports/message.js';
import { CODES, hasCode } from '../connection/failures.js';
import type { Ground } from './ground.js';
import type { Ledgers } from './ledgers.js';
import type { Queues } from './queues.js';
import { recordOf, type StoredRecord } from './record.js';
import { type Records, replaces } from './records.js';
import type { Removal, Taken } from './removal.js';
import { encodeWhole } from './ticket.js';
import type { Tickets } from './tickets.js';

export interface EnqueuerParts {
  readonly ground: Ground;
  readonly queues: Queues;
  readonly records: Records;
  readonly tickets: Tickets;
  readonly removal: Removal;
  readonly ledgers: Ledgers;
}

/** What became of the record of a message, before its ticket is put. */
interface Accepted {
  readonly reply: EnqueueReply;
  /** The one whose ticket has to be there. */
  readonly record: StoredRecord;
}

/** Accepts messages. */
export class Enqueuer {
  constructor(private readonly parts: EnqueuerParts) {}

  /** Replies in the order of the messages. Their tickets are put in that order, too. */
  async enqueue(messages: readonly Message[]): Promise<readonly EnqueueReply[]> {
    const last = new Map<string, Promise<unknown>>();
    const accepted = messages.map((message) => {
      if (isWhole(message)) return undefined;
      // Of one id one after the other: the second is to find the first.
      const before = last.get(message.id);
      const accepting = before ? before.then(() => this.#accept(message)) : this.#accept(message);
      last.set(message.id, accepting);
      return accepting;
    });
    await Promise.allSettled(last.values());
    await Promise.all(
      messages.map(({ queue, priority }) => this.parts.queues.ensure(queue, priority)),
    );
    const replies = messages.map((message, index) => this.#put(message, accepted[index]));
    return Promise.all(replies);
  }

  async #put(message: Message, accepting?: Promise<Accepted>): Promise<EnqueueReply> {
    if (accepting === undefined) return this.#putWhole(message);
    const { reply, record } = await accepting;
    if (await this.parts.tickets.put(record)) return reply;
    // A whole message of this id is there already: it stays, and needs no record.
    await this.parts.records.delete(record.revision);
    return 'known';
  }

  /** The server itself refuses a second one. */
  async #putWhole({ id, queue, priority, fresh, body }: Message): Promise<EnqueueReply> {
    const { ground, queues, tickets } = this.parts;
    const level = await queues.ensure(queue, priority);
    const now = ground.clock.now();
    try {
      await ground.jetStream.publish(
        tickets.subjectOf(level, 'job', id),
        encodeWhole(fresh, now, body),
        0,
        // It may have been stored, worked off and gone before it is sent again: then it must be looked up.
        () => encodeWhole(false, now, body),
      );
      return 'stored';
    } catch (error) {
      if (hasCode(error, CODES.wrongLastSequence)) return 'known';
      throw error;
    }
  }

  async #accept(message: Message): Promise<Accepted> {
    const { ground, records, tickets } = this.parts;
    const record = recordOf(message, ground.clock.now());
    for (;;) {
      const stored = await records.put(record, 0);
      if (stored) return { reply: await this.#clearWhole(message), record: stored };
      const old = await records.get(message.id);
      if (old === undefined) continue;
      if (!replaces(message, old)) return { reply: 'known', record: old };
      const replaced = await records.put(record, old.revision);
      if (replaced === undefined) continue;
      await tickets.drop(old);
      await this.#tell((claim) => claim.id === old.id && claim.revision === old.revision);
      return { reply: 'replaced', record: replaced };
    }
  }

  /** A later generation takes the place of a whole message, which has no record. */
  async #clearWhole({ id, generation }: Message): Promise<EnqueueReply> {
    if (generation === 1) return 'stored';
    const taken = await this.parts.removal.takeWhole(id);
    if (taken === undefined) return 'stored';
    await this.#tell(taken);
    return 'replaced';
  }

  #tell(taken: Taken): Promise<void> {
    return this.parts.ledgers.dispossess(taken);
  }
}

/** A fresh job of the first generation, due at once: nobody else can have enqueued its id. */
function isWhole({ kind, fresh, generation, dueAt, delayMs }: Message): boolean {
  return kind === 'job' && fresh && generation === 1 && dueAt === undefined && !delayMs;
}
