import { Observable, type Subscriber } from 'rxjs';
import type { EventBus, TasqueueEvent } from '../core/events.js';

/**
 * Every transition that this process sees, as it happens. Hot: who subscribes late has missed what was.
 * Completes when the app closes. Events never hold payloads or results.
 */
export class TasqueueEvents extends Observable<TasqueueEvent> {
  readonly #subscribers = new Set<Subscriber<TasqueueEvent>>();
  #complete = false;

  /** Made by TasqueueModule; inject it. */
  constructor(bus: EventBus) {
    super((subscriber) => {
      if (this.#complete) return subscriber.complete();
      this.#subscribers.add(subscriber);
      const unsubscribe = bus.subscribe((event) => subscriber.next(event));
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
