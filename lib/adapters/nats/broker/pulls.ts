import { createInbox, type Msg, type NatsConnection, type Subscription } from 'nats';
import type { Level } from './level.js';

const NANOS_PER_MS = 1_000_000;
/** What has neither messages nor a refusal in this time beyond its own is given up. */
const GRACE_MS = 2_000;
/** Nobody answers for the consumer: it is gone, or has no leader at the moment. */
const NO_RESPONDERS = 503;

export interface PullRequest {
  readonly level: Level;
  readonly batch: number;
  /** 0 answers at once. Otherwise it ends with what there is as the first message comes. */
  readonly waitMs: number;
}

/** A request for messages that is under way. */
export interface Pull {
  readonly level: Level;
  readonly messages: readonly Msg[];
  /** Resolves when nothing more will come; never rejects. */
  readonly ended: Promise<void>;
  /** Ends it now; what still comes is given to `onLate`. */
  cancel(): void;
}

export interface PullEvents {
  /** A message that nobody waits for any more. */
  readonly onLate: (level: Level, message: Msg) => Promise<void>;
  /** There is no such consumer. */
  readonly onMissing: (level: Level) => void;
}

/**
 * Asks consumers for messages. Each pull has a subscription of its own, which is used again for the
 * next one: what comes does not tell to which pull it is the answer.
 */
export class Pulls {
  readonly #idle: Inbox[] = [];
  readonly #active = new Set<() => void>();
  /** Pulls that ended early, and what came of them too late. */
  readonly #retiring = new Set<Promise<void>>();

  constructor(
    private readonly connection: NatsConnection,
    private readonly events: PullEvents,
  ) {}

  start({ level, batch, waitMs }: PullRequest): Pull {
    const messages: Msg[] = [];
    const inbox = this.#idle.pop() ?? new Inbox(this.connection);
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const finish = (late: boolean): void => {
      if (!this.#active.delete(cancel)) return;
      clearTimeout(timer);
      if (late) this.#retire(inbox, level);
      else this.#idle.push(inbox);
      end();
    };
    const cancel = (): void => finish(true);
    this.#active.add(cancel);
    const timer = setTimeout(cancel, waitMs + GRACE_MS).unref();
    inbox.hear = (msg) => {
      if (isStatus(msg)) {
        if (msg.headers?.code === NO_RESPONDERS) this.events.onMissing(level);
        finish(false);
        return;
      }
      messages.push(msg);
      if (messages.length >= batch) finish(false);
    };
    inbox.ask(level, batch, waitMs);
    return { level, messages, ended, cancel };
  }

  /** Ends all: after a reconnect the server knows nothing of them. */
  reset(): void {
    for (const cancel of this.#active) cancel();
  }

  /** Ends all; resolves once nothing can come any more, and what came too late was handed back. */
  async close(): Promise<void> {
    this.reset();
    while (this.#retiring.size > 0) await Promise.all(this.#retiring);
    await Promise.all(this.#idle.map((inbox) => inbox.drain()));
  }

  /** The server sees that nobody listens any more; what is under way until then is late. */
  #retire(inbox: Inbox, level: Level): void {
    inbox.hear = (msg) => {
      if (!isStatus(msg)) void this.#await(this.events.onLate(level, msg));
    };
    void this.#await(inbox.drain());
  }

  async #await(task: Promise<void>): Promise<void> {
    const retiring = task.catch(() => undefined);
    this.#retiring.add(retiring);
    await retiring;
    this.#retiring.delete(retiring);
  }
}

class Inbox {
  hear: (msg: Msg) => void = () => undefined;
  readonly #subject = createInbox();
  readonly #subscription: Subscription;

  constructor(private readonly connection: NatsConnection) {
    this.#subscription = connection.subscribe(this.#subject, {
      callback: (error, msg) => {
        if (error === null) this.hear(msg);
      },
    });
  }

  ask(level: Level, batch: number, waitMs: number): void {
    const expires = waitMs > 0 ? `,"expires":${Math.ceil(waitMs) * NANOS_PER_MS}` : '';
    this.connection.publish(
      `$JS.API.CONSUMER.MSG.NEXT.${level.stream}.${level.consumer}`,
      `{"batch":${batch},"no_wait":true${expires}}`,
      { reply: this.#subject },
    );
  }

  async drain(): Promise<void> {
    if (!this.connection.isClosed()) await this.#subscription.drain();
  }
}

/** The end of a pull: nothing there, time is up, the consumer is gone. */
function isStatus(msg: Msg): boolean {
  return msg.reply === '' || msg.reply === undefined;
}
