import { Observable, type Subscriber } from 'rxjs';
import { InvalidStateError } from '../core/errors.js';
import type { EventSource, TasqueueEvent } from '../core/events.js';

/** Events as they happen, until the app closes. Hot: who subscribes late has missed what was. */
class EventStream extends Observable<TasqueueEvent> {
  readonly #subscribers = new Set<Subscriber<TasqueueEvent>>();
  #complete = false;

  constructor(source: EventSource) {
    super((subscriber) => {
      if (this.#complete) return subscriber.complete();
      this.#subscribers.add(subscriber);
      const unsubscribe = source.subscribe((event) => subscriber.next(event));
      return () => {
        unsubscribe();
        this.#subscribers.delete(subscriber);
      };
    });
  }

  /** Ends the stream for everyone. TasqueueModule calls it at shutdown. */
  complete(): void {
    this.#complete = true;
    for (const subscriber of this.#subscribers) subscriber.complete();
  }
}

/**
 * Every transition that this process sees, as it happens. Hot: who subscribes late has missed what was.
 * Completes when the app closes. Events never hold payloads or results.
 */
export class TasqueueEvents extends EventStream {
  readonly #all: EventStream | undefined;

  /** Made by TasqueueModule; inject it. */
  constructor(own: EventSource, all?: EventSource) {
    super(own);
    this.#all = all && new EventStream(all);
  }

  /**
   * The events of all processes on the same broker whose option `events` is `'all'`, this one included.
   * Best effort: what happens while a process or the broker is out of reach is not told later. Throws
   * InvalidStateError in a process whose own option is `'own'`.
   */
  get all(): Observable<TasqueueEvent> {
    if (this.#all) return this.#all;
    throw new InvalidStateError(
      "this process hears its own events alone: set events: 'all' in the options of TasqueueModule, " +
        'here and in every process that is to be heard',
    );
  }

  override complete(): void {
    super.complete();
    this.#all?.complete();
  }
}
