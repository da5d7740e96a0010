import { CODES, hasCode } from '../connection/failures.js';
import { toToken } from '../connection/subject-token.js';
import type { Stored } from '../connection/jetstream.js';
import type { Ground } from './ground.js';
import { KIND_TOKENS, type LaterTicket, queueTokenOf } from './layout.js';
import type { Level } from './level.js';
import type { Queues } from './queues.js';
import type { Records } from './records.js';
import type { StoredRecord } from './record.js';
import { decodeTicket, encodeTicket } from './ticket.js';

/** Names one state of a record. */
export type RecordKey = Pick<StoredRecord, 'id' | 'revision'>;

const NOTHING = new Uint8Array();
const HOURS_REMEMBERED = 10_000;

/**
 * Sees to it that each record has its ticket: in its queue when it is due, else among what comes
 * later. A ticket may be put twice, and one that is void does no harm: the record is the truth.
 */
export class Tickets {
  readonly #hours = new Map<string, Promise<unknown>>();

  constructor(
    private readonly ground: Ground,
    private readonly queues: Queues,
    private readonly records: Records,
  ) {}

  /** Where the ticket of a record lies when it is due. */
  subjectOf(level: Level, kind: StoredRecord['kind'], id: string): string {
    return `${level.subjects}.${KIND_TOKENS[kind]}.${toToken(id)}`;
  }

  /** Puts the record's ticket where it belongs; false as `putDue` says. */
  async put(record: StoredRecord): Promise<boolean> {
    const level = await this.queues.ensure(record.queue, record.priority);
    if (record.dueAt <= this.ground.clock.now())
      return this.putDue(level, this.subjectOf(level, record.kind, record.id), record);
    await this.putLater(laterOf(record));
    return true;
  }

  /**
   * In the queue, in the place of the void one with that sequence; unless the one that is there stands
   * for this revision already, or for a later one. False if a whole message lies there to which the
   * record is a stranger: a fresh job that somebody enqueues again by its id.
   */
  async putDue(
    level: Level,
    subject: string,
    { id, revision }: RecordKey,
    sequence = 0,
  ): Promise<boolean> {
    const { jetStream } = this.ground;
    for (let expected = sequence; ;) {
      try {
        await jetStream.publish(subject, encodeTicket(revision), expected);
        return true;
      } catch (error) {
        if (!hasCode(error, CODES.wrongLastSequence)) throw error;
      }
      const found = await jetStream.lastOn(level.stream, subject);
      expected = found?.sequence ?? 0;
      if (found === undefined) continue;
      const ticket = decodeTicket(found.data);
      if (!ticket.whole && ticket.revision === revision) return true;
      const record = await this.records.get(id);
      if (record?.revision !== revision) return true;
      if (ticket.whole && record.generation === 1 && record.past !== 'given') return false;
    }
  }

  async putLater(ticket: LaterTicket): Promise<void> {
    const { jetStream, layout } = this.ground;
    await this.#markHour(layout.laterHour(ticket.dueAt));
    await jetStream.publish(layout.laterTicket(ticket), NOTHING);
  }

  /** Once per hour and client: the markers tell the mover where to look. */
  #markHour(hour: string): Promise<unknown> {
    const known = this.#hours.get(hour);
    if (known !== undefined) return known;
    if (this.#hours.size >= HOURS_REMEMBERED) this.#hours.clear();
    const marked = this.ground.jetStream.publish(hour, NOTHING);
    this.#hours.set(hour, marked);
    marked.catch(() => this.#hours.delete(hour));
    return marked;
  }

  /** Takes away the ticket of a record that is gone, wherever it lies. */
  async drop(record: StoredRecord): Promise<void> {
    const { jetStream, layout } = this.ground;
    await jetStream.deleteLastOn(layout.later, layout.laterTicket(laterOf(record)));
    const level = await this.queues.ensure(record.queue, record.priority);
    const found = await this.find(level, record);
    if (found) await jetStream.delete(level.stream, found.sequence);
  }

  /** The ticket in the queue, if it stands for this very revision. */
  async find(level: Level, { kind, id, revision }: StoredRecord): Promise<Stored | undefined> {
    const { jetStream } = this.ground;
    const found = await jetStream.lastOn(level.stream, this.subjectOf(level, kind, id));
    if (found === undefined) return undefined;
    const ticket = decodeTicket(found.data);
    return !ticket.whole && ticket.revision === revision ? found : undefined;
  }
}

export function laterOf(record: StoredRecord): LaterTicket {
  const { queue, kind, past, dueAt, revision, priority, id } = record;
  return {
    queueToken: queueTokenOf(queue),
    kind,
    retrying: past === 'given',
    dueAt,
    revision,
    priority,
    idToken: toToken(id),
  };
}
