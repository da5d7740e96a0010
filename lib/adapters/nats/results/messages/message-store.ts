import type { Msg } from 'nats';
import type { Exchange } from '../../connection/exchange.js';
import { CODES, JetStreamError, NoAnswerError } from '../../connection/failures.js';
import { rawHeaders } from '../../connection/raw-headers.js';
import { decodeOwnJson } from './own-json.js';
import { formatLabel, LABEL_HEADER, type Label } from './message-label.js';
import type { MessageReads } from './message-reads.js';
import type { StoredMessage } from './stored-message.js';

const EXPECTED = 'Nats-Expected-Last-Subject-Sequence';

export interface Write {
  readonly subject: string;
  readonly payload: Uint8Array;
  readonly label: Label;
  /** The sequence that must be the subject's last; 0: there is none. */
  readonly expect: number;
  /** Name of this write, where parts were written under it. */
  readonly name?: string | undefined;
}

export type Written =
  | { readonly stored: true; readonly seq: number }
  | { readonly stored: false; readonly current: StoredMessage | undefined };

/** Reads and writes single messages of the stream. The last message of a subject is what holds. */
export class MessageStore {
  #writes = 0;

  constructor(
    private readonly exchange: Exchange,
    private readonly reads: MessageReads,
    /** Unlike that of any other process. */
    private readonly writer: string,
  ) {}

  /** A name that no other write has. */
  nameWrite(): string {
    return `${this.writer}-${(this.#writes++).toString(36)}`;
  }

  /** Compare and set. */
  async write(write: Write): Promise<Written> {
    const { subject, payload, label, expect, name = this.nameWrite() } = write;
    const headers = rawHeaders({ [EXPECTED]: expect, [LABEL_HEADER]: formatLabel(name, label) });
    const outgoing = { subject, payload, headers, repeatable: true };
    const answer = publishAnswer(await this.exchange.send(outgoing));
    if (answer.error === undefined) return { stored: true, seq: answer.seq };
    if (answer.error.err_code !== CODES.wrongLastSequence) throw refusal(subject, answer.error);
    const current = await this.read(subject);
    // Sent twice because the connection broke: it was stored, and the confirmation lost.
    if (current?.label.write === name) return { stored: true, seq: current.seq };
    return { stored: false, current };
  }

  /** Stores it on a subject that nobody else writes to. */
  async append(subject: string, payload: Uint8Array, label: Label, name: string): Promise<number> {
    const headers = rawHeaders({ [LABEL_HEADER]: formatLabel(name, label) });
    const outgoing = { subject, payload, headers, repeatable: true };
    const answer = publishAnswer(await this.exchange.send(outgoing));
    if (answer.error !== undefined) throw refusal(subject, answer.error);
    return answer.seq;
  }

  /** The last message of a subject. */
  read(subject: string): Promise<StoredMessage | undefined> {
    return this.reads.read({ last_by_subj: subject });
  }

  readSeq(seq: number): Promise<StoredMessage | undefined> {
    return this.reads.read({ seq });
  }
}

interface Refusal {
  readonly err_code: number;
  readonly description: string;
}

interface PublishAnswer {
  readonly seq: number;
  readonly error?: Refusal;
}

function publishAnswer({ data, subject }: Msg): PublishAnswer {
  // What JetStream answers to a publish; without a sequence it was something else that answered.
  const { seq = 0, error } = decodeOwnJson<Partial<PublishAnswer>>(data);
  if (error !== undefined) return { seq, error };
  if (seq === 0) throw new NoAnswerError(`no stream answered to ${subject}`);
  return { seq };
}

function refusal(subject: string, { err_code, description }: Refusal): JetStreamError {
  return new JetStreamError(err_code, description, `to store on ${subject}`);
}
