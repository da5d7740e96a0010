import { AckPolicy, connect, createInbox, type NatsConnection, RetentionPolicy } from 'nats';
import type { Order } from '../../contenders/order.js';

const STREAM = 'BARE';
const CONSUMER = 'bare';
const SUBJECT = 'bare';
const NEXT = `$JS.API.CONSUMER.MSG.NEXT.${STREAM}.${CONSUMER}`;

export interface Pulled {
  readonly order: Order;
  readonly ack: () => void;
}

/** A work queue on files, and what the protocol takes to fill and empty it. */
export class BareStream {
  readonly #inbox = createInbox();
  /** Publications that wait for the server's answer, by number. */
  readonly #waiting = new Map<string, () => void>();
  #published = 0;
  #endPull: (() => void) | undefined;

  private constructor(private readonly connection: NatsConnection) {
    connection.subscribe(`${this.#inbox}.*`, {
      callback: (_, { subject }) => {
        const number = subject.slice(this.#inbox.length + 1);
        this.#waiting.get(number)?.();
        this.#waiting.delete(number);
      },
    });
  }

  static async open(url: string): Promise<BareStream> {
    const connection = await connect({ servers: url, noAsyncTraces: true });
    const manager = await connection.jetstreamManager();
    await manager.streams.add({
      name: STREAM,
      subjects: [SUBJECT],
      retention: RetentionPolicy.Workqueue,
    });
    await manager.consumers.add(STREAM, {
      durable_name: CONSUMER,
      ack_policy: AckPolicy.Explicit,
      max_ack_pending: -1,
    });
    return new BareStream(connection);
  }

  /** Resolves when the server has it. */
  publish(order: Order): Promise<void> {
    const number = String((this.#published += 1));
    this.connection.publish(SUBJECT, JSON.stringify(order), { reply: `${this.#inbox}.${number}` });
    return new Promise((resolve) => void this.#waiting.set(number, resolve));
  }

  /** Asks for so many. Resolves when all have come, each given to `take` as it came. */
  async pull(count: number, take: (pulled: Pulled) => void): Promise<void> {
    const inbox = createInbox();
    let left = count;
    const pull = this.connection.subscribe(inbox, {
      callback: (_, message) => {
        take({ order: message.json<Order>(), ack: () => void message.respond('+ACK') });
        left -= 1;
        if (left === 0) this.endPull();
      },
    });
    this.connection.publish(NEXT, JSON.stringify({ batch: count }), { reply: inbox });
    await new Promise<void>((resolve) => {
      this.#endPull = resolve;
    });
    pull.unsubscribe();
  }

  /** Lets the pull under way resolve with what has come. Nobody takes what would come later. */
  endPull(): void {
    this.#endPull?.();
  }

  /** How many messages were here and are no more. */
  async removed(): Promise<number> {
    const manager = await this.connection.jetstreamManager();
    const { state } = await manager.streams.info(STREAM);
    return state.last_seq - state.messages;
  }

  close(): Promise<void> {
    return this.connection.close();
  }
}
