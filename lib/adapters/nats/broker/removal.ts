import type { MessageKey } from '../../../core/ports/message.js';
import type { Claim } from './claim.js';
import type { Ground } from './ground.js';
import type { Level } from './level.js';
import { Marks } from './marks.js';
import type { Queues } from './queues.js';
import type { Records } from './records.js';
import { decodeTicket } from './ticket.js';
import type { Tickets } from './tickets.js';

/** A whole message in its queue: the first generation of a fresh job. */
export interface Whole {
  readonly level: Level;
  readonly sequence: number;
  readonly dueAt: number;
  readonly body: Uint8Array;
}

/** What was taken away: whoever claimed it is to be told. */
export type Taken = (claim: Claim) => boolean;

/** Finds messages by id and takes them away. */
export class Removal {
  readonly #marks: Marks;

  constructor(
    private readonly ground: Ground,
    private readonly queues: Queues,
    private readonly records: Records,
    private readonly tickets: Tickets,
  ) {
    this.#marks = new Marks(ground);
  }

  /** Unless a higher generation has taken its place; undefined when nothing was taken. */
  async take({ id, generation }: MessageKey): Promise<Taken | undefined> {
    for (;;) {
      const record = await this.records.get(id);
      if (record === undefined) return this.takeWhole(id);
      if (record.generation > generation) return undefined;
      if (!(await this.records.delete(record.revision))) continue;
      await this.tickets.drop(record);
      return (claim) => claim.id === id && claim.revision === record.revision;
    }
  }

  async takeWhole(id: string): Promise<Taken | undefined> {
    const whole = await this.findWhole(id);
    if (whole === undefined) return undefined;
    const { level, sequence } = whole;
    if (!(await this.ground.jetStream.delete(level.stream, sequence))) return undefined;
    // It may have been handed back once; whoever had claimed it will not acknowledge it.
    await this.#marks.drop(level.key, sequence);
    return (claim) => claim.sequence === sequence && claim.levelKey === level.key;
  }

  /** Asks all queues: there is no list of what is enqueued most. */
  async findWhole(id: string): Promise<Whole | undefined> {
    const found = await Promise.all(this.queues.all().map((level) => this.#findWholeIn(level, id)));
    return found.find((whole) => whole !== undefined);
  }

  async #findWholeIn(level: Level, id: string): Promise<Whole | undefined> {
    const subject = this.tickets.subjectOf(level, 'job', id);
    const stored = await this.ground.jetStream.lastOn(level.stream, subject);
    if (stored === undefined) return undefined;
    const ticket = decodeTicket(stored.data);
    if (!ticket.whole) return undefined;
    return { level, sequence: stored.sequence, dueAt: ticket.dueAt, body: ticket.body };
  }
}
