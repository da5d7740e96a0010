import { createInbox, type Msg, type NatsConnection, type Subscription } from 'nats';
import { systemClock, type CancelTimer } from '../../../../core/clock.js';
import { NoAnswerError } from '../../connection/failures.js';
import { LABEL_HEADER, parseLabel } from '../messages/message-label.js';
import type { Listed } from './catalogue.js';

/** Messages asked for at once: the server sends them in one go. */
const BATCH = 2_000;
/** So long a replica may lag behind: after this time, what does not come has been deleted. */
const LAG_NS = 1_000_000_000;
/** Without a message for this long the reading has failed. */
const SILENCE_MS = 5_000;
/** Not every server of a cluster knows of a consumer as soon as it is made. */
const ASK_AGAIN_MS = 20;

const NO_RESPONDERS = 503;
/** There is nothing more, or nothing more has come. */
const NOTHING_LEFT = new Set([404, 408]);

/** Pulls from one consumer, batch by batch, up to a sequence. Used once. */
export class LogPull {
  readonly #inbox = createInbox();
  #subscription: Subscription | undefined;
  #cancelAlarm: CancelTimer | undefined;
  #cancelAsking: CancelTimer | undefined;
  /** Of the batch that was asked for. */
  #left = 0;
  #resolve: () => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;

  constructor(
    private readonly connection: NatsConnection,
    /** Where its messages are asked for. */
    private readonly next: string,
    private readonly to: number,
    private readonly onListed: (listed: Listed) => void,
  ) {}

  /** Resolves once the last message that is there has been told of. */
  run(): Promise<void> {
    const done = new Promise<void>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    const callback = (_: Error | null, msg: Msg): void => this.#hear(msg);
    this.#subscription = this.connection.subscribe(this.#inbox, { callback });
    this.#expect();
    this.#ask();
    return done;
  }

  #ask(): void {
    this.#left = BATCH;
    const request = Buffer.from(JSON.stringify({ batch: BATCH, expires: LAG_NS }));
    this.connection.publish(this.next, request, { reply: this.#inbox });
  }

  #hear(msg: Msg): void {
    const { headers, reply = '', subject } = msg;
    const code = headers?.code ?? 0;
    if (code === NO_RESPONDERS) {
      this.#cancelAsking = systemClock.timer(ASK_AGAIN_MS, () => this.#ask());
      return;
    }
    if (code !== 0) {
      const isFailure = !NOTHING_LEFT.has(code);
      this.#end(isFailure ? new NoAnswerError(`${code} ${headers?.description}`) : undefined);
      return;
    }
    const seq = sequenceOf(reply);
    if (seq <= this.to)
      this.onListed({ subject, seq, label: parseLabel(headers?.get(LABEL_HEADER) ?? '') });
    this.#left -= 1;
    if (seq >= this.to) this.#end();
    else if (this.#left === 0) {
      this.#expect();
      this.#ask();
    }
  }

  /** The next batch has to come in time. */
  #expect(): void {
    this.#cancelAlarm?.();
    this.#cancelAlarm = systemClock.timer(SILENCE_MS, () =>
      this.#end(new NoAnswerError(`${this.next} has gone silent`)),
    );
  }

  #end(error?: Error): void {
    this.#cancelAlarm?.();
    this.#cancelAsking?.();
    this.#subscription?.unsubscribe();
    if (error) this.#reject(error);
    else this.#resolve();
  }
}

/**
 * `$JS.ACK.<stream>.<consumer>.<delivered>.<sequence>.<of consumer>.<time>.<pending>`, or with domain
 * and account before the stream.
 */
function sequenceOf(reply: string): number {
  const tokens = reply.split('.');
  return Number(tokens[tokens.length > 9 ? 7 : 5]);
}
