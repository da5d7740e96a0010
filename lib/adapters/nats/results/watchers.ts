import type { NatsConnection, Subscription } from 'nats';
import type { Subjects } from './messages/subjects.js';

interface Watcher {
  readonly wake: () => void;
}

interface Watched {
  readonly watchers: Set<Watcher>;
  subscription: Subscription | undefined;
}

/** Whether anything lies under an id. */
type IsThere = (id: string) => Promise<boolean>;

/** Who wants to hear of an id. The server tells of each message that it has stored. */
export class Watchers {
  readonly #byId = new Map<string, Watched>();
  #link: { readonly connection: NatsConnection; readonly isThere: IsThere } | undefined;

  constructor(private readonly subjects: Subjects) {}

  /** Those who watch already are subscribed now. */
  connect(connection: NatsConnection, isThere: IsThere): void {
    this.#link = { connection, isThere };
    for (const id of this.#byId.keys()) this.#subscribe(id);
  }

  disconnect(): void {
    this.#link = undefined;
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
    if (this.#link === undefined || watched === undefined) return;
    const callback = (): void => this.#changed(id);
    const { connection, isThere } = this.#link;
    watched.subscription = connection.subscribe(this.subjects.wake(id), { callback });
    void this.#wakeIfThere(id, isThere);
  }

  /**
   * What was written before the server knew of us nobody told. The server hears this question after
   * the subscription: where nothing is yet, nothing was missed.
   */
  async #wakeIfThere(id: string, isThere: IsThere): Promise<void> {
    try {
      if (await isThere(id)) this.#changed(id);
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
