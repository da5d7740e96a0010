import type { Notice } from '../../../core/ports/broker.js';

type Hear = (notice: Notice) => void;

/** Tells every listener, each in a turn of its own, so that one that fails harms nobody. */
export class Notices {
  /** Each call of `listen` counts, also with a function that listens already. */
  readonly #listeners = new Set<{ readonly hear: Hear }>();

  listen(hear: Hear): () => void {
    const listener = { hear };
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  broadcast(notice: Notice): void {
    for (const listener of this.#listeners)
      queueMicrotask(() => {
        if (!this.#listeners.has(listener)) return;
        try {
          listener.hear(notice);
        } catch {
          // Notices are best effort, and the broadcaster has no part in what a listener does.
        }
      });
  }
}
