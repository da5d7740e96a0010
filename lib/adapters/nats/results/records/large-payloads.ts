import { Buffer } from 'node:buffer';
import { decodeOwnJson, encodeJson } from '../messages/own-json.js';
import { LETTERS, type Label } from '../messages/message-label.js';
import type { MessageStore } from '../messages/message-store.js';
import type { StoredMessage } from '../messages/stored-message.js';
import type { Subjects } from '../messages/subjects.js';

/** What subject, headers and reply address may take of the largest message that the server allows. */
const ENVELOPE_BYTES = 8 * 1_024;

/** A payload that fits one message: the whole, or where its parts are. */
export interface Packed {
  readonly payload: Uint8Array;
  readonly label: Label;
  readonly name: string;
}

/**
 * Payloads larger than the server lets a message be travel in parts, which are stored before the
 * message that names them. Parts that nobody names any more are swept.
 */
export class LargePayloads {
  constructor(
    private readonly store: MessageStore,
    private readonly subjects: Subjects,
    private readonly place: { readonly maxPayload: () => number; readonly now: () => number },
  ) {}

  /** Synchronous where one message will do: writes of one id keep their order. */
  pack(payload: Uint8Array, label: Label): Packed | Promise<Packed> {
    const name = this.store.nameWrite();
    const most = this.place.maxPayload() - ENVELOPE_BYTES;
    return payload.length <= most ? { payload, label, name } : this.#split(payload, label, most);
  }

  /** The whole payload; undefined if it has been replaced meanwhile. */
  async unpack({ payload, label }: StoredMessage): Promise<Uint8Array | undefined> {
    if (label.parts === undefined) return payload;
    const seqs = decodeOwnJson<readonly number[]>(payload);
    const parts = await Promise.all(seqs.map((seq) => this.store.readSeq(seq)));
    const found = parts.filter((part) => part !== undefined);
    return found.length === seqs.length
      ? Buffer.concat(found.map((part) => part.payload))
      : undefined;
  }

  async #split(payload: Uint8Array, label: Label, most: number): Promise<Packed> {
    const name = this.store.nameWrite();
    const part = { letter: LETTERS.part, at: this.place.now(), plan: name };
    const seqs: Promise<number>[] = [];
    for (let at = 0; at < payload.length; at += most) {
      const subject = this.subjects.part(name, seqs.length);
      seqs.push(this.store.append(subject, payload.subarray(at, at + most), part, name));
    }
    const named = encodeJson(await Promise.all(seqs));
    return { payload: named, label: { ...label, parts: name }, name };
  }
}
