import { fromNotice, toNotice } from './event-notice.js';
import type { EventBus, EventListener, EventOrigin, EventSource, TasqueueEvent } from './events.js';
import type { Log } from './log.js';
import type { Broker, Notice } from './ports/broker.js';

/** A notice of this many is some 50 kB: every broker takes it. */
const MOST_PER_NOTICE = 256;
/** Events that wait for the broker; what comes on top of them is dropped. */
const MOST_WAITING = 4_096;

export interface EventRelayParts {
  /** The events of this process. */
  readonly own: EventBus;
  /** Tells those of all processes. */
  readonly all: EventBus;
  readonly broker: Pick<Broker, 'broadcast' | 'listen'>;
  readonly origin: EventOrigin;
  /** Unlike that of any other instance. */
  readonly teller: string;
  readonly log: Log;
}

/**
 * Tells the events of this process to all others, and hears theirs. Best effort: one notice at a time,
 * with all that has gathered meanwhile; what the broker does not take is dropped, and counted in the log.
 */
export class EventRelay implements EventSource {
  #waiting: TasqueueEvent[] = [];
  #sending: Promise<void> | undefined;
  #dropped = 0;
  readonly #stop: (() => void)[] = [];
  #closed = false;

  constructor(private readonly parts: EventRelayParts) {}

  /** The broker is there. */
  start(): void {
    if (this.#closed) return;
    const { own, broker } = this.parts;
    this.#stop.push(
      own.subscribe((event) => this.#passOn(event)),
      broker.listen((notice) => this.#hear(notice)),
    );
  }

  subscribe(listener: EventListener): () => void {
    return this.parts.all.subscribe(listener);
  }

  /** Hears and takes nothing more; what waits is sent. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const stop of this.#stop.splice(0)) stop();
    await this.#sending;
  }

  #hear(notice: Notice): void {
    const { all, teller } = this.parts;
    for (const event of fromNotice(notice, teller) ?? []) all.tell(event);
  }

  #passOn(event: TasqueueEvent): void {
    this.parts.all.tell(event);
    if (this.#waiting.length < MOST_WAITING) this.#waiting.push(event);
    else this.#dropped++;
    this.#sending ??= this.#send();
  }

  async #send(): Promise<void> {
    // All that this tick brings travels together.
    await new Promise<void>((resolve) => {
      process.nextTick(resolve);
    });
    while (this.#waiting.length > 0)
      await this.#sendBatch(this.#waiting.splice(0, MOST_PER_NOTICE));
    this.#sending = undefined;
    if (this.#dropped === 0) return;
    this.parts.log.warn('other processes were not told of some events', { dropped: this.#dropped });
    this.#dropped = 0;
  }

  async #sendBatch(events: readonly TasqueueEvent[]): Promise<void> {
    const { broker, teller, origin } = this.parts;
    try {
      await broker.broadcast(toNotice({ teller, origin, events }));
    } catch {
      this.#dropped += events.length + this.#waiting.length;
      this.#waiting = [];
    }
  }
}
