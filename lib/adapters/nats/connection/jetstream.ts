import type { Msg } from 'nats';
import { CODES, JetStreamError, NoAnswerError } from './failures.js';
import type { Exchange } from './exchange.js';
import { expecting } from './raw-headers.js';

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
    private readonly api = '$JS.API.',
  ) {}

  /** A request of JetStream's JSON interface, such as `STREAM.INFO.<name>`. Throws JetStreamError. */
  async request<Reply>(name: string, body?: unknown): Promise<Reply> {
    const payload = body === undefined ? NOTHING : Buffer.from(JSON.stringify(body));
    return readReply<Reply>(await this.#ask(this.api + name, payload), name);
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

  /** The last message on a subject; from any replica, so that it may be a little old. */
  lastOn(stream: string, subject: string): Promise<Stored | undefined> {
    return this.#get(`DIRECT.GET.${stream}.${subject}`, NOTHING);
  }

  at(stream: string, sequence: number): Promise<Stored | undefined> {
    return this.#get(`DIRECT.GET.${stream}`, Buffer.from(`{"seq":${sequence}}`));
  }

  /** The first message from this sequence on whose subject matches. */
  next(stream: string, sequence: number, subject: string): Promise<Stored | undefined> {
    const body = JSON.stringify({ seq: sequence, next_by_subj: subject });
    return this.#get(`DIRECT.GET.${stream}`, Buffer.from(body));
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

  #ask(subject: string, payload: Uint8Array): Promise<Msg> {
    return this.exchange.send({ subject, payload, repeatable: true });
  }

  async #get(name: string, payload: Uint8Array): Promise<Stored | undefined> {
    const reply = await this.#ask(this.api + name, payload);
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
