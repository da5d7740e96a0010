interface Watcher {
  readonly wake: () => void;
}

/** Who of this process wants to hear of an id. */
export class Watchers {
  readonly #byId = new Map<string, Set<Watcher>>();

  get ids(): string[] {
    return [...this.#byId.keys()];
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  /** The returned function may be called more than once. */
  watch(id: string, wake: () => void): () => void {
    const watcher = { wake };
    const watchers = this.#byId.get(id) ?? new Set();
    this.#byId.set(id, watchers.add(watcher));
    return () => {
      watchers.delete(watcher);
      if (watchers.size === 0 && this.#byId.get(id) === watchers) this.#byId.delete(id);
    };
  }

  /** Those who stop, or begin, while others are woken are left alone. */
  wake(ids: readonly string[]): void {
    for (const id of ids) {
      const watchers = this.#byId.get(id) ?? new Set<Watcher>();
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
