import { createInbox, type Msg, type MsgHdrs, type NatsConnection, type Subscription } from 'nats';
import { CapabilityError } from '../../../core/errors.js';
import { NoAnswerError } from './failures.js';

/** Below the ten seconds after which core gives a call up, so that it hears why. */
const TIMEOUT_MS = 8_000;
/** How often it is looked for what has to be sent again or given up. */
const LOOK_MS = 100;
/**
 * Where servers stand in for one another, what a leader was asked just before it fell nobody answers,
 * and the connection to another server does not break: it is sent again to the next leader.
 */
const SENT_AGAIN_MS = 1_500;
/** So many may ask at each look whether somebody hears them by now; more of them only so often. */
const FEW = 100;
const MANY_UNHEARD_MS = 1_000;
/** Far above what keeps a server busy, below what newer ones refuse at one stream (10,000 messages). */
const MOST_UNDER_WAY = 2_000;
const MOST_BYTES_UNDER_WAY = 16 * 2 ** 20;
/** Nobody listens there: JetStream is not up yet, or a stream has no leader at the moment. */
const NO_RESPONDERS = 503;

/** A message that is to be answered. */
export interface Outgoing {
  readonly subject: string;
  readonly payload: Uint8Array;
  readonly headers?: MsgHdrs | undefined;
  /** Is sent again when the connection broke before the answer: only what does no harm twice. */
  readonly repeatable: boolean;
  /** Fails at once when nobody listens there; else it is sent again until somebody does. */
  readonly heardOrLost?: boolean | undefined;
  /** Gives what to send then, where it is not the same. */
  readonly again?: (() => Uint8Array) | undefined;
}

interface Pending {
  outgoing: Outgoing;
  readonly giveUpAt: number;
  sentAt: number;
  unheard: boolean;
  readonly resolve: (reply: Msg) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Requests and their answers, many at a time, over one inbox: no subscription, no timer and no error
 * object of their own, which makes them thrice as fast as the driver's. It sees them through a reconnect.
 */
export class Exchange {
  readonly #pending = new Map<string, Pending>();
  /** Held back while too much is under way. */
  readonly #waiting: Pending[] = [];
  readonly #inbox: string;
  readonly #subscription: Subscription;
  readonly #timer: NodeJS.Timeout;
  #bytes = 0;
  #next = 0;
  #connected = true;

  constructor(private readonly connection: NatsConnection) {
    this.#inbox = createInbox();
    const from = this.#inbox.length + 1;
    this.#subscription = connection.subscribe(`${this.#inbox}.*`, {
      callback: (error, msg) => {
        if (error === null) this.#answered(msg.subject.slice(from), msg);
      },
    });
    this.#timer = setInterval(() => this.#look(), LOOK_MS).unref();
  }

  get connected(): boolean {
    return this.#connected;
  }

  /** Rejects with NoAnswerError after 8 s, and when the connection breaks under what is not repeatable. */
  send(outgoing: Outgoing): Promise<Msg> {
    return new Promise((resolve, reject) => {
      if (!this.#connected && !outgoing.repeatable) {
        reject(disconnected());
        return;
      }
      const giveUpAt = performance.now() + TIMEOUT_MS;
      const pending = { outgoing, giveUpAt, sentAt: 0, unheard: false, resolve, reject };
      if (this.#full || this.#waiting.length > 0) this.#waiting.push(pending);
      else this.#start(pending);
    });
  }

  /** A message that nobody answers; not sent while there is no connection. */
  tell(subject: string, payload?: Uint8Array): void {
    if (!this.#connected || this.connection.isClosed()) return;
    this.connection.publish(subject, payload);
  }

  /** The connection broke. */
  broke(): void {
    this.#connected = false;
    for (const [token, { outgoing }] of this.#pending)
      if (!outgoing.repeatable) this.#settle(token)?.reject(disconnected());
  }

  /** There is a connection again. */
  mended(): void {
    this.#connected = true;
    for (const [token, pending] of this.#pending) this.#publishAgain(token, pending);
  }

  /** The server refuses what is sent to, or awaited on, this subject. */
  refused(subject: string): void {
    const error = new CapabilityError(`this NATS account lacks the right to use '${subject}'`);
    for (const [token, { outgoing }] of this.#pending)
      if (outgoing.subject === subject || subject.startsWith(this.#inbox))
        this.#settle(token)?.reject(error);
  }

  end(): void {
    clearInterval(this.#timer);
    if (!this.connection.isClosed()) this.#subscription.unsubscribe();
    this.#connected = false;
    for (const token of this.#pending.keys()) this.#settle(token)?.reject(disconnected());
    for (const { reject } of this.#waiting.splice(0)) reject(disconnected());
  }

  /** Many that nobody hears are asked seldom: or asking were all that is done while there is no leader. */
  #ifDue(token: string, pending: Pending, now: number): void {
    if (this.#pending.size <= FEW || now - pending.sentAt >= MANY_UNHEARD_MS)
      this.#publish(token, pending);
  }

  #isOverdue({ outgoing, sentAt }: Pending, now: number): boolean {
    const isOneOfMany = this.connection.info?.cluster !== undefined;
    return isOneOfMany && outgoing.repeatable && now - sentAt >= SENT_AGAIN_MS;
  }

  get #full(): boolean {
    return this.#pending.size >= MOST_UNDER_WAY || this.#bytes >= MOST_BYTES_UNDER_WAY;
  }

  #start(pending: Pending): void {
    const token = (this.#next++).toString(36);
    this.#pending.set(token, pending);
    this.#bytes += pending.outgoing.payload.length;
    if (this.#connected) this.#publish(token, pending);
  }

  /** It may have been stored the first time. */
  #publishAgain(token: string, pending: Pending): void {
    const { again } = pending.outgoing;
    if (again) {
      const payload = again();
      this.#bytes += payload.length - pending.outgoing.payload.length;
      pending.outgoing = { ...pending.outgoing, payload, again: undefined };
    }
    this.#publish(token, pending);
  }

  #publish(token: string, pending: Pending): void {
    const { subject, payload, headers } = pending.outgoing;
    const reply = `${this.#inbox}.${token}`;
    pending.unheard = false;
    pending.sentAt = performance.now();
    try {
      this.connection.publish(subject, payload, headers ? { reply, headers } : { reply });
    } catch (error) {
      const message = `a message to '${subject}' could not be sent`;
      this.#settle(token)?.reject(new NoAnswerError(message, { cause: error }));
    }
  }

  #answered(token: string, msg: Msg): void {
    if (msg.data.length === 0 && msg.headers?.code === NO_RESPONDERS) {
      const pending = this.#pending.get(token);
      if (pending?.outgoing.heardOrLost === true)
        this.#settle(token)?.reject(
          new NoAnswerError(`nobody listens at '${pending.outgoing.subject}'`),
        );
      else if (pending) pending.unheard = true;
      return;
    }
    this.#settle(token)?.resolve(msg);
    // By the hundred: taking them off the list one by one would cost more than sending them.
    if (this.#waiting.length > 0 && this.#pending.size <= MOST_UNDER_WAY / 2) this.#startWaiting();
  }

  #startWaiting(): void {
    let started = 0;
    for (const pending of this.#waiting) {
      if (this.#full) break;
      this.#start(pending);
      started += 1;
    }
    this.#waiting.splice(0, started);
  }

  #settle(token: string): Pending | undefined {
    const pending = this.#pending.get(token);
    if (pending === undefined) return undefined;
    this.#pending.delete(token);
    this.#bytes -= pending.outgoing.payload.length;
    return pending;
  }

  #look(): void {
    const now = performance.now();
    for (const [token, pending] of this.#pending) {
      if (pending.giveUpAt <= now) this.#settle(token)?.reject(unanswered(pending));
      else if (!this.#connected) continue;
      else if (pending.unheard) this.#ifDue(token, pending, now);
      else if (this.#isOverdue(pending, now)) this.#publishAgain(token, pending);
    }
    while (this.#waiting[0] && this.#waiting[0].giveUpAt <= now) {
      const late = this.#waiting.shift();
      late?.reject(unanswered(late));
    }
    this.#startWaiting();
  }
}

function disconnected(): NoAnswerError {
  return new NoAnswerError('the connection to NATS is down');
}

function unanswered({ outgoing: { subject } }: Pending): NoAnswerError {
  return new NoAnswerError(`NATS did not answer a request to '${subject}' in ${TIMEOUT_MS} ms`);
}
