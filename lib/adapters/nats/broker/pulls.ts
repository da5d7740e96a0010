import { createInbox, type Msg, type NatsConnection, type Subscription } from 'nats';
import type { Level } from './level.js';

const NANOS_PER_MS = 1_000_000;
/**
 * What one pull brings: a server lets no more than 64 MB lie ready for a client that is not quick enough
 * (`max_pending`), and throws it out at more.
 */
const MOST_BYTES = 8 * 2 ** 20;
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
  /**
   * Ends it, and resolves as `ended`: what is under way by then still counts. Handed back, it would
   * come behind what the next pull brings.
   */
  cancel(): Promise<void>;
}

export interface PullEvents {
  /** A message of a pull that was given up. */
  readonly onLate: (level: Level, message: Msg) => Promise<void>;
  /** There is no such consumer. */
  readonly onMissing: (level: Level) => void;
}

/** What becomes of the inbox of a pull that has ended. */
interface Ends {
  /** It may be used again: nothing more comes. */
  readonly answered: (inbox: Inbox) => void;
  /** Resolves once nothing more can come. */
  readonly retire: (inbox: Inbox) => Promise<void>;
}

class OpenPull implements Pull {
  readonly messages: Msg[] = [];
  readonly level: Level;
  #end = (): void => undefined;
  readonly ended = new Promise<void>((resolve) => {
    this.#end = resolve;
  });
  readonly #timer: NodeJS.Timeout;
  #open = true;

  constructor(
    { level, batch, waitMs }: PullRequest,
    private readonly inbox: Inbox,
    private readonly events: PullEvents,
    private readonly ends: Ends,
  ) {
    this.level = level;
    this.#timer = setTimeout(() => void this.cancel(), waitMs + GRACE_MS).unref();
    inbox.hear = (msg) => {
      if (!isStatus(msg)) this.messages.push(msg);
      else if (msg.headers?.code === NO_RESPONDERS) events.onMissing(level);
      if (isStatus(msg) || this.messages.length >= batch) this.#answered();
    };
    inbox.ask(level, batch, waitMs);
  }

  cancel(): Promise<void> {
    if (this.#leave()) {
      this.inbox.hear = (msg) => {
        if (!isStatus(msg)) this.messages.push(msg);
      };
      void this.ends.retire(this.inbox).then(this.#end);
    }
    return this.ended;
  }

  /** Ends it at once; what still comes is given to `onLate`. */
  giveUp(): void {
    if (!this.#leave()) return;
    this.inbox.hear = (msg) => {
      if (!isStatus(msg)) void this.events.onLate(this.level, msg);
    };
    void this.ends.retire(this.inbox);
    this.#end();
  }

  #answered(): void {
    if (!this.#leave()) return;
    this.ends.answered(this.inbox);
    this.#end();
  }

  #leave(): boolean {
    clearTimeout(this.#timer);
    const wasOpen = this.#open;
    this.#open = false;
    return wasOpen;
  }
}

/**
 * Asks consumers for messages. Each pull has a subscription of its own, which is used again for the
 * next one: what comes does not tell to which pull it is the answer.
 */
export class Pulls {
  readonly #idle: Inbox[] = [];
  readonly #open = new Set<OpenPull>();
  /** Pulls that ended early, and what came of them too late. */
  readonly #retiring = new Set<Promise<void>>();
  readonly #events: PullEvents;

  constructor(
    private readonly connection: NatsConnection,
    events: PullEvents,
  ) {
    const onLate: PullEvents['onLate'] = (level, msg) => this.#await(events.onLate(level, msg));
    this.#events = { ...events, onLate };
  }

  start(request: PullRequest): Pull {
    const inbox = this.#idle.pop() ?? new Inbox(this.connection);
    const pull = new OpenPull(request, inbox, this.#events, {
      answered: (free) => void this.#idle.push(free),
      retire: (used) => this.#await(used.drain()),
    });
    this.#open.add(pull);
    void pull.ended.then(() => this.#open.delete(pull));
    return pull;
  }

  /** Ends all: after a reconnect the server knows nothing of them. */
  reset(): void {
    for (const pull of this.#open) pull.giveUp();
  }

  /** Ends all; resolves once nothing can come any more, and what came too late was handed back. */
  async close(): Promise<void> {
    this.reset();
    while (this.#retiring.size > 0) await Promise.all(this.#retiring);
    await Promise.all(this.#idle.map((inbox) => inbox.drain()));
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
    const bytes = Math.max(MOST_BYTES, 2 * (this.connection.info?.max_payload ?? 0));
    this.connection.publish(
      `$JS.API.CONSUMER.MSG.NEXT.${level.stream}.${level.consumer}`,
      `{"batch":${batch},"max_bytes":${bytes},"no_wait":true${expires}}`,
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
