import { createInbox, type Msg, type NatsConnection } from 'nats';
import { NoAnswerError } from '../../connection/failures.js';
import type { JetStream } from '../../connection/jetstream.js';
import type { ServerClock } from '../../connection/server-clock.js';
import { LABEL_HEADER, parseLabel } from '../messages/message-label.js';
import type { Listed } from './catalogue.js';

/** Messages asked for at once: the server sends them in one go. */
const BATCH = 2_000;
/** So long a replica may lag behind: after this time, what does not come has been deleted. */
const LAG_NS = 1_000_000_000;
/** Without a message for this long the reading has failed. */
const SILENCE_MS = 5_000;
/** The server forgets a reader that has gone, after this time. */
const FORGOTTEN_AFTER_NS = 30_000_000_000;

export interface StreamEnds {
  readonly messages: number;
  readonly first: number;
  readonly last: number;
}

/** Reads what is written in the stream: subjects and labels, no payloads. */
export class LogReader {
  constructor(
    private readonly connection: NatsConnection,
    private readonly jetStream: JetStream,
    private readonly serverClock: ServerClock,
    private readonly stream: string,
  ) {}

  async ends(): Promise<StreamEnds> {
    const sentAt = performance.now();
    const { state, ts } = await this.jetStream.request<InfoReply>(`STREAM.INFO.${this.stream}`);
    this.serverClock.learn(Date.parse(ts), sentAt, performance.now());
    return { messages: state.messages, first: state.first_seq, last: state.last_seq };
  }

  /** Tells of each message from `from` to `to`, in their order, of those that are still there. */
  async read(from: number, to: number, onListed: (listed: Listed) => void): Promise<void> {
    const { name } = await this.#createConsumer(from);
    try {
      await this.#pullAll(name, to, onListed);
    } finally {
      const deletion = this.jetStream.request(`CONSUMER.DELETE.${this.stream}.${name}`);
      deletion.catch(() => {
        // It ends by itself.
      });
    }
  }

  #createConsumer(from: number): Promise<{ readonly name: string }> {
    return this.jetStream.request(`CONSUMER.CREATE.${this.stream}`, {
      stream_name: this.stream,
      config: {
        ack_policy: 'none',
        deliver_policy: 'by_start_sequence',
        opt_start_seq: from,
        headers_only: true,
        mem_storage: true,
        num_replicas: 1,
        inactive_threshold: FORGOTTEN_AFTER_NS,
      },
    });
  }

  #pullAll(consumer: string, to: number, onListed: (listed: Listed) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const inbox = createInbox();
      let [left, heard] = [0, true];
      const end = (error?: Error): void => {
        clearInterval(watch);
        subscription.unsubscribe();
        if (error) reject(error);
        else resolve();
      };
      const pull = (): void => {
        left = BATCH;
        const subject = `$JS.API.CONSUMER.MSG.NEXT.${this.stream}.${consumer}`;
        const request = Buffer.from(JSON.stringify({ batch: BATCH, expires: LAG_NS }));
        this.connection.publish(subject, request, { reply: inbox });
      };
      const hear = (msg: Msg): void => {
        heard = true;
        const code = msg.headers?.code ?? 0;
        if (code !== 0) return end(refusalOf(code, msg));
        const seq = sequenceOf(msg);
        if (seq <= to) onListed({ subject: msg.subject, seq, label: labelOf(msg) });
        left -= 1;
        if (seq >= to) end();
        else if (left === 0) pull();
      };
      const subscription = this.connection.subscribe(inbox, { callback: (_, msg) => hear(msg) });
      const watch = setInterval(() => {
        if (!heard) end(new NoAnswerError(`the stream ${this.stream} has gone silent`));
        heard = false;
      }, SILENCE_MS).unref();
      pull();
    });
  }
}

/** That nothing more comes is no failure. */
function refusalOf(code: number, { headers }: Msg): Error | undefined {
  const nothingLeft = code === 404 || code === 408;
  return nothingLeft ? undefined : new NoAnswerError(`${code} ${headers?.description ?? ''}`);
}

/**
 * `$JS.ACK.<stream>.<consumer>.<delivered>.<sequence>.<of consumer>.<time>.<pending>`, or with domain
 * and account before the stream.
 */
function sequenceOf({ reply = '' }: Msg): number {
  const tokens = reply.split('.');
  return Number(tokens[tokens.length > 9 ? 7 : 5]);
}

function labelOf({ headers }: Msg): Listed['label'] {
  return parseLabel(headers?.get(LABEL_HEADER) ?? '');
}

interface InfoReply {
  readonly ts: string;
  readonly state: {
    readonly messages: number;
    readonly first_seq: number;
    readonly last_seq: number;
  };
}
