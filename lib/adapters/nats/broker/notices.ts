import type { Notice } from '../../../core/ports/broker.js';

type Hear = (notice: Notice) => void;

/** Who listens to broadcasts here; one that fails harms nobody. */
export class Notices {
  /** Each call of `listen` counts, also with a function that listens already. */
  readonly #listeners = new Set<{ readonly hear: Hear }>();

  listen(hear: Hear): () => void {
    const listener = { hear };
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  tell(notice: Notice): void {
    for (const { hear } of this.#listeners)
      try {
        hear(notice);
      } catch {
        // Notices are best effort, and the broadcaster has no part in what a listener does.
      }
  }
}
