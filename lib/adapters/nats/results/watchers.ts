import type { NatsConnection, Subscription } from 'nats';
import type { Subjects } from './messages/subjects.js';

interface Watcher {
  readonly wake: () => void;
}

interface Watched {
  readonly watchers: Set<Watcher>;
  subscription: Subscription | undefined;
}

/** Who wants to hear of an id. The server tells of each message that it has stored. */
export class Watchers {
  readonly #byId = new Map<string, Watched>();
  #connection: NatsConnection | undefined;

  constructor(private readonly subjects: Subjects) {}

  /** Those who watch already are subscribed now, and woken: what was before they have not heard. */
  connect(connection: NatsConnection): void {
    this.#connection = connection;
    for (const id of this.#byId.keys()) this.#subscribe(id);
  }

  disconnect(): void {
    this.#connection = undefined;
    for (const watched of this.#byId.values()) {
      watched.subscription?.unsubscribe();
      watched.subscription = undefined;
    }
  }

  watch(id: string, wake: () => void): () => void {
    const watcher = { wake };
    const watched = this.#byId.get(id);
    if (watched) watched.watchers.add(watcher);
    else {
      this.#byId.set(id, { watchers: new Set([watcher]), subscription: undefined });
      this.#subscribe(id);
    }
    return () => this.#stop(id, watcher);
  }

  /** After a reconnect: what changed meanwhile nobody told. */
  wakeAll(): void {
    for (const id of this.#byId.keys()) this.#changed(id);
  }

  #subscribe(id: string): void {
    const watched = this.#byId.get(id);
    if (this.#connection === undefined || watched === undefined) return;
    const callback = (): void => this.#changed(id);
    watched.subscription = this.#connection.subscribe(this.subjects.wake(id), { callback });
    void this.#wakeOnceHeard(id, this.#connection);
  }

  /** What another process writes before the server knows of us is not told: look once it does. */
  async #wakeOnceHeard(id: string, connection: NatsConnection): Promise<void> {
    try {
      await connection.flush();
      this.#changed(id);
    } catch {
      // The connection broke; after it is mended all are woken.
    }
  }

  #stop(id: string, watcher: Watcher): void {
    const watched = this.#byId.get(id);
    if (!watched?.watchers.delete(watcher) || watched.watchers.size > 0) return;
    watched.subscription?.unsubscribe();
    this.#byId.delete(id);
  }

  #changed(id: string): void {
    const watchers = this.#byId.get(id)?.watchers ?? new Set<Watcher>();
    // Those who start watching now are not woken by what was before, nor those who have stopped.
    const woken = [...watchers];
    for (const watcher of woken) if (watchers.has(watcher)) tell(watcher);
  }
}

/** What a watcher throws is its own affair: other watchers cannot help it. */
function tell({ wake }: Watcher): void {
  try {
    wake();
  } catch {
    // see above
  }
}
