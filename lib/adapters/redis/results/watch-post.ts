import { randomBytes } from 'node:crypto';
import type { CancelTimer, Clock } from '../../../core/clock.js';
import { Packer } from '../scripts/packer.js';
import { list, text } from '../scripts/reply.js';
import { Script } from '../scripts/script.js';
import type { ResultsServer } from './results-server.js';
import { Watchers } from './watchers.js';

/** What is not renewed for so long is forgotten: its process has died. */
const GOOD_MS = 60_000;
const RENEW_MS = GOOD_MS / 3;
/** Ids in one call. */
const MOST_IDS = 256;
/** In eight characters. */
const NAME_BYTES = 6;

const watch = new Script('results/watch');
const unwatch = new Script('results/unwatch');
const packer = new Packer();

/**
 * Has the server tell this process of the ids that it watches, and of no others, on a channel of its own.
 * Who watches looks afterwards: what changed before the server knew of him wakes him once, as does
 * whatever may have been missed while the connection was broken.
 */
export class WatchPost {
  readonly #watchers = new Watchers();
  readonly #name = randomBytes(NAME_BYTES).toString('base64url');
  /** Ids that the server is to be told of at the end of this turn. */
  readonly #joining = new Set<string>();
  readonly #leaving = new Set<string>();
  #stopListening: (() => void) | undefined;
  /** The channel is heard. */
  #heard = false;
  #scheduled = false;
  #cancelRenewal: CancelTimer | undefined;

  constructor(
    private readonly server: ResultsServer,
    private readonly clock: Clock,
  ) {}

  watch(id: string, wake: () => void): () => void {
    const isFirst = !this.#watchers.has(id);
    const stop = this.#watchers.watch(id, wake);
    this.#listen();
    if (isFirst) this.#change(this.#joining, this.#leaving, id);
    return () => {
      const watched = this.#watchers.has(id);
      stop();
      if (watched && !this.#watchers.has(id)) this.#change(this.#leaving, this.#joining, id);
    };
  }

  /** For those who watched before it was connected. */
  start(): void {
    if (this.#watchers.ids.length > 0) this.#listen();
  }

  stop(): void {
    this.#stopListening?.();
    this.#stopListening = undefined;
    this.#heard = false;
    this.#cancelRenewal?.();
    this.#cancelRenewal = undefined;
  }

  #listen(): void {
    this.#stopListening ??= this.server.link?.listen(
      `${this.server.base}:r:wake:${this.#name}`,
      (message) => this.#watchers.wake(idsIn(message) ?? this.#watchers.ids),
      () => this.#begin(),
    );
  }

  /** From here on nothing is missed; whatever was before may have been. */
  #begin(): void {
    const again = this.#heard;
    this.#heard = true;
    const ids = this.#watchers.ids;
    this.#joining.clear();
    void this.#register(ids, again);
    this.#renewLater();
  }

  #change(to: Set<string>, from: Set<string>, id: string): void {
    if (!from.delete(id)) to.add(id);
    if (!this.#heard || this.#scheduled) return;
    this.#scheduled = true;
    process.nextTick(() => {
      this.#scheduled = false;
      void this.#register(take(this.#joining), false);
      void this.#unregister(take(this.#leaving));
    });
  }

  /** Wakes those under whose ids something is, or all. */
  async #register(ids: readonly string[], all: boolean): Promise<void> {
    for (let from = 0; from < ids.length; from += MOST_IDS) {
      const part = ids.slice(from, from + MOST_IDS);
      packer.clear().text(this.#name).number(GOOD_MS).texts(part);
      try {
        const found = list(await this.server.run(watch, packer.finish())).map(text);
        this.#watchers.wake(all ? part : found);
      } catch {
        // Renewed before long; until then those who wait look by themselves.
      }
    }
  }

  async #unregister(ids: readonly string[]): Promise<void> {
    for (let from = 0; from < ids.length; from += MOST_IDS) {
      packer
        .clear()
        .text(this.#name)
        .texts(ids.slice(from, from + MOST_IDS));
      // What stays goes by itself.
      await this.server.run(unwatch, packer.finish()).catch(() => undefined);
    }
  }

  #renewLater(): void {
    this.#cancelRenewal?.();
    this.#cancelRenewal = this.clock.timer(RENEW_MS, () => {
      void this.#register(this.#watchers.ids, false);
      this.#renewLater();
    });
  }
}

function take(ids: Set<string>): readonly string[] {
  const taken = [...ids];
  ids.clear();
  return taken;
}

function idsIn(message: string): readonly string[] | undefined {
  try {
    const ids: unknown = JSON.parse(message);
    return Array.isArray(ids) ? ids.map(String) : undefined;
  } catch {
    return undefined;
  }
}
