import type { MessageKey } from '../../../core/ports/message.js';
import { CODES, hasCode } from '../connection/failures.js';
import { fromToken } from '../connection/subject-token.js';
import type { Ground } from './ground.js';
import { decodeRecord, encodeRecord, type Record, type StoredRecord } from './record.js';

const MARK = new Uint8Array();

/** The records: one per id, changed by compare-and-set alone. */
export class Records {
  #nonces = 0;

  constructor(private readonly ground: Ground) {}

  async get(id: string): Promise<StoredRecord | undefined> {
    const { jetStream, layout } = this.ground;
    const stored = await jetStream.lastOn(layout.records, layout.record(id));
    return stored && decodeRecord(stored);
  }

  /** Takes the place of that revision (0: of none). Undefined when there is another one. */
  async put(record: Record, revision: number): Promise<StoredRecord | undefined> {
    const { jetStream, layout, client } = this.ground;
    const nonce = `${client}${(this.#nonces++).toString(36)}`;
    const subject = layout.record(record.id);
    if (record.kind === 'schedule') await jetStream.publish(layout.schedule(record.id), MARK);
    try {
      const stored = await jetStream.publish(subject, encodeRecord(record, nonce), revision);
      return { ...record, nonce, revision: stored };
    } catch (error) {
      if (!hasCode(error, CODES.wrongLastSequence)) throw error;
      // Sent twice because the connection broke: it was stored, and the confirmation lost.
      const found = await this.get(record.id);
      return found?.nonce === nonce ? found : undefined;
    }
  }

  /** False when that revision is no longer there. */
  delete(revision: number): Promise<boolean> {
    return this.ground.jetStream.delete(this.ground.layout.records, revision);
  }

  /** Ids of which the record is, or was, a schedule. */
  async schedules(): Promise<readonly string[]> {
    const { jetStream, layout } = this.ground;
    const subjects = await jetStream.subjects(layout.records, layout.schedules);
    return subjects.map((subject) => fromToken(subject.split('.').at(-1) ?? ''));
  }
}

/** Whether a message takes the place of one that is there. */
export function replaces(message: MessageKey & { readonly kind: string }, old: Record): boolean {
  if (message.generation > old.generation) return true;
  return message.kind === 'schedule' && old.kind === 'schedule';
}
