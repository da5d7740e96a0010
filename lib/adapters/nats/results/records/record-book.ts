import type { StoredRecord, Tombstone } from '../../../../core/ports/record.js';
import type { RecordWrite } from '../../../../core/ports/results.js';
import type { LargePayloads, Packed } from './large-payloads.js';
import { jobLabel, otherLabel } from '../messages/message-label.js';
import type { MessageStore, Written } from '../messages/message-store.js';
import { decodeRecord, encodeRecord } from './record-codec.js';
import type { StoredMessage } from '../messages/stored-message.js';
import type { Subjects } from '../messages/subjects.js';

/** A record as it was stored; of a plan: as it was announced. */
export interface Held<R extends StoredRecord = StoredRecord> {
  readonly record: R;
  readonly seq: number;
  /** When it was stored, for those that are no jobs. */
  readonly at: number;
}

export type Kept =
  | { readonly stored: true; readonly seq: number; readonly at: number }
  | { readonly stored: false; readonly current: Held | undefined };

/** More than a reader can meet a record between two of its states, unless something is broken. */
const MOST_READS = 5;

/** What lies under each id: one message, compared and set by its sequence. */
export class RecordBook {
  constructor(
    private readonly store: MessageStore,
    private readonly subjects: Subjects,
    private readonly large: LargePayloads,
    private readonly now: () => number,
  ) {}

  async read(id: string): Promise<Held | undefined> {
    return this.#held(await this.store.read(this.subjects.record(id)));
  }

  async isThere(id: string): Promise<boolean> {
    return (await this.store.read(this.subjects.record(id))) !== undefined;
  }

  async readSeq(seq: number): Promise<Held | undefined> {
    const message = await this.store.readSeq(seq);
    const payload = message && (await this.large.unpack(message));
    return message && payload && heldOf(message, payload);
  }

  /** `expect`: the sequence that must be there; 0: nothing. */
  async write(record: StoredRecord, expect: number): Promise<Kept> {
    const label = record.kind === 'job' ? jobLabel(record) : otherLabel(record, this.now());
    const packed = this.large.pack(encodeRecord(record), label);
    const subject = this.subjects.record(record.id);
    // Not awaited where it need not be: writes of one id keep their order.
    const written =
      packed instanceof Promise
        ? await packed.then((ready) => this.#store(subject, ready, expect))
        : await this.#store(subject, packed, expect);
    if (written.stored) return { ...written, at: label.at };
    return { stored: false, current: await this.#held(written.current) };
  }

  /** Stores the new state of a job; over a tombstone only if its generation is higher. */
  async put({ record, expect }: RecordWrite): Promise<Kept> {
    if (expect >= 0) {
      const kept = await this.write(record, expect);
      const { current } = kept.stored ? { current: undefined } : kept;
      if (expect > 0 || kept.stored || !givesWay(current, record)) return kept;
      return this.#replace(record, current);
    }
    // Tombstones and plans have negative revisions: nothing but a tombstone can be meant.
    const current = await this.read(record.id);
    if (current?.seq !== -expect || !givesWay(current, record)) return { stored: false, current };
    return this.#replace(record, current);
  }

  /** Stores it in place of a tombstone of a lower generation, and of its successors. */
  async #replace(record: StoredRecord, tombstone: Held): Promise<Kept> {
    const kept = await this.write(record, tombstone.seq);
    if (kept.stored || !givesWay(kept.current, record)) return kept;
    return this.#replace(record, kept.current);
  }

  /** Stores a plan where nothing is, or a tombstone of a lower generation. */
  async announce(record: StoredRecord): Promise<Kept> {
    const kept = await this.write(record, 0);
    if (kept.stored || !givesWay(kept.current, record)) return kept;
    return this.#replace(record, kept.current);
  }

  /** Puts a tombstone of at least this generation there; gives what it took the place of. */
  async bury(id: string, generation: number): Promise<Held | undefined> {
    let found = await this.read(id);
    for (;;) {
      const atLeast = Math.max(generation, found?.record.generation ?? 0);
      const tombstone: Tombstone = { kind: 'tombstone', id, generation: atLeast };
      const kept = await this.write(tombstone, found?.seq ?? 0);
      if (kept.stored) return found;
      found = kept.current;
    }
  }

  #store(subject: string, packed: Packed, expect: number): Promise<Written> {
    return this.store.write({ subject, expect, ...packed });
  }

  /** A large record may be replaced while its parts are read: then there is a newer one. */
  async #held(first: StoredMessage | undefined): Promise<Held | undefined> {
    let message = first;
    for (let reads = 0; message !== undefined && reads < MOST_READS; reads += 1) {
      const payload = await this.large.unpack(message);
      if (payload !== undefined) return heldOf(message, payload);
      message = await this.store.read(message.subject);
    }
    if (message === undefined) return undefined;
    throw new Error(`parts of '${message.subject}' are missing from its stream`);
  }
}

function heldOf(message: StoredMessage, payload: Uint8Array): Held {
  return { record: decodeRecord(payload), seq: message.seq, at: message.label.at };
}

function givesWay(held: Held | undefined, record: StoredRecord): held is Held<Tombstone> {
  return held?.record.kind === 'tombstone' && held.record.generation < record.generation;
}
