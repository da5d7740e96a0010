interface Watcher {
  readonly wake: () => void;
}

/** Who wants to hear of an id. Changes are gathered while a call writes, and told once it has. */
export class Watchers {
  readonly #byId = new Map<string, Set<Watcher>>();
  #changed = new Set<string>();

  watch(id: string, wake: () => void): () => void {
    const watcher = { wake };
    const watchers = this.#byId.get(id) ?? new Set();
    this.#byId.set(id, watchers.add(watcher));
    return () => {
      watchers.delete(watcher);
      if (watchers.size === 0 && this.#byId.get(id) === watchers) this.#byId.delete(id);
    };
  }

  /** Costs next to nothing while nobody watches. */
  changed(id: string): void {
    if (this.#byId.size > 0 && this.#byId.has(id)) this.#changed.add(id);
  }

  wake(): void {
    if (this.#changed.size === 0) return;
    const changed = this.#changed;
    this.#changed = new Set();
    for (const id of changed) {
      const watchers = this.#byId.get(id) ?? new Set<Watcher>();
      // Those who start watching now are not woken by what was before, nor those who have stopped.
      const woken = [...watchers];
      for (const watcher of woken) if (watchers.has(watcher)) tell(watcher);
    }
  }
}

/** What a watcher throws is its own affair: neither the writer nor other watchers can help it. */
function tell({ wake }: Watcher): void {
  try {
    wake();
  } catch {
    // see above
  }
}
