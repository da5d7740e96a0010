import type { Msg } from 'nats';
import { CODES, JetStreamError, NoAnswerError } from './failures.js';
import type { Exchange } from './exchange.js';
import { expecting } from './raw-headers.js';

const API = '$JS.API.';
const NOTHING = new Uint8Array();

/** A message as it lies in a stream. */
export interface Stored {
  readonly subject: string;
  readonly sequence: number;
  /** Server time at which it was stored, epoch ms with a fraction. */
  readonly storedAt: number;
  readonly data: Uint8Array;
}

/** Requests to JetStream, each one message and its answer. */
export class JetStream {
  constructor(
    private readonly exchange: Exchange,
    /**
     * Who answers reads: any server that has a copy, at once, or the leader alone. With several copies
     * only the leader is sure to know what was just written.
     */
    private readonly readsFrom: 'any' | 'leader' = 'any',
  ) {}

  /** A request of JetStream's JSON interface, such as `STREAM.INFO.<name>`. Throws JetStreamError. */
  async request<Reply>(name: string, body?: unknown): Promise<Reply> {
    const payload = body === undefined ? NOTHING : Buffer.from(JSON.stringify(body));
    return readReply<Reply>(await this.#ask(API + name, payload), name);
  }

  /**
   * Stores a message; gives its sequence. With `expected` only if that is the last one on its subject
   * (0: none), else it throws with CODES.wrongLastSequence, which after a reconnect may come of this
   * very publish having been stored before. `again` gives what is sent then, if it is not the same.
   */
  async publish(
    subject: string,
    payload: Uint8Array,
    expected?: number,
    again?: () => Uint8Array,
  ): Promise<number> {
    const headers = expected === undefined ? undefined : expecting(expected);
    const reply = await this.exchange.send({ subject, payload, headers, repeatable: true, again });
    return readSequence(reply, subject);
  }

  lastOn(stream: string, subject: string): Promise<Stored | undefined> {
    if (this.readsFrom === 'leader') return this.#fromLeader(stream, { last_by_subj: subject });
    return this.#get(`DIRECT.GET.${stream}.${subject}`, NOTHING);
  }

  at(stream: string, sequence: number): Promise<Stored | undefined> {
    if (this.readsFrom === 'leader') return this.#fromLeader(stream, { seq: sequence });
    return this.#get(`DIRECT.GET.${stream}`, Buffer.from(`{"seq":${sequence}}`));
  }

  /** The first message from this sequence on whose subject matches. */
  next(stream: string, sequence: number, subject: string): Promise<Stored | undefined> {
    const query = { seq: sequence, next_by_subj: subject };
    if (this.readsFrom === 'leader') return this.#fromLeader(stream, query);
    return this.#get(`DIRECT.GET.${stream}`, Buffer.from(JSON.stringify(query)));
  }

  /** Deletes one message. False when it was not there. */
  async delete(stream: string, sequence: number): Promise<boolean> {
    try {
      const body = { seq: sequence, no_erase: true };
      await this.request(`STREAM.MSG.DELETE.${stream}`, body);
      return true;
    } catch (error) {
      if (error instanceof JetStreamError && NOT_THERE.has(error.code)) return false;
      throw error;
    }
  }

  /** Deletes the last message on a subject: many times as fast as a purge of it, in a long stream. */
  async deleteLastOn(stream: string, subject: string): Promise<void> {
    const found = await this.lastOn(stream, subject);
    if (found) await this.delete(stream, found.sequence);
  }

  /** Subjects of a stream that match, in no order. */
  async subjects(stream: string, filter: string): Promise<readonly string[]> {
    const subjects: string[] = [];
    for (;;) {
      const body = { subjects_filter: filter, offset: subjects.length };
      const info = await this.request<SubjectsReply>(`STREAM.INFO.${stream}`, body);
      const found = Object.keys(info.state.subjects ?? {});
      subjects.push(...found);
      if (found.length === 0 || subjects.length >= (info.total ?? 0)) return subjects;
    }
  }

  async #fromLeader(stream: string, query: object): Promise<Stored | undefined> {
    try {
      const { message } = await this.request<MessageReply>(`STREAM.MSG.GET.${stream}`, query);
      const { subject, seq, time, data = '' } = message;
      const bytes = new Uint8Array(Buffer.from(data, 'base64'));
      return { subject, sequence: seq, storedAt: Date.parse(time), data: bytes };
    } catch (error) {
      if (error instanceof JetStreamError && NOT_THERE.has(error.code)) return undefined;
      throw error;
    }
  }

  #ask(subject: string, payload: Uint8Array): Promise<Msg> {
    return this.exchange.send({ subject, payload, repeatable: true });
  }

  async #get(name: string, payload: Uint8Array): Promise<Stored | undefined> {
    const reply = await this.#ask(API + name, payload);
    const { headers } = reply;
    if (headers === undefined) throw new NoAnswerError(`no message in the answer to ${name}`);
    if (headers.code === 404) return undefined;
    if (headers.code >= 400) throw new JetStreamError(headers.code, headers.description, name);
    return {
      subject: headers.get('Nats-Subject'),
      sequence: Number(headers.get('Nats-Sequence')),
      storedAt: Date.parse(headers.get('Nats-Time-Stamp')),
      data: reply.data,
    };
  }
}

/** "Message not found", and "no message found" at or behind a sequence. */
const NOT_THERE: ReadonlySet<number> = new Set([CODES.messageNotFound, 10057, 10043]);

interface MessageReply {
  readonly message: {
    readonly subject: string;
    readonly seq: number;
    readonly time: string;
    /** Base64. */
    readonly data?: string;
  };
}

interface SubjectsReply {
  readonly total?: number;
  readonly state: { readonly subjects?: Readonly<Record<string, number>> };
}

interface ErrorReply {
  readonly error?: {
    readonly code: number;
    readonly err_code?: number;
    readonly description: string;
  };
}

function readReply<Reply>(msg: Msg, request: string): Reply {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- JetStream's documented answers
  const reply = JSON.parse(Buffer.from(msg.data).toString()) as Reply & ErrorReply;
  if (reply.error)
    throw new JetStreamError(
      reply.error.err_code ?? reply.error.code,
      reply.error.description,
      request,
    );
  return reply;
}

function readSequence(msg: Msg, subject: string): number {
  const { seq } = readReply<{ readonly seq?: number }>(msg, `to store on ${subject}`);
  if (seq === undefined) throw new NoAnswerError(`no stream takes what is sent to ${subject}`);
  return seq;
}
