import type { NatsConnection } from 'nats';
import type { JetStream } from '../../connection/jetstream.js';
import type { ServerClock } from '../../connection/server-clock.js';
import type { Listed } from './catalogue.js';
import { LogPull } from './log-pull.js';

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
      const next = `$JS.API.CONSUMER.MSG.NEXT.${this.stream}.${name}`;
      await new LogPull(this.connection, next, to, onListed).run();
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
}

interface InfoReply {
  readonly ts: string;
  readonly state: {
    readonly messages: number;
    readonly first_seq: number;
    readonly last_seq: number;
  };
}
