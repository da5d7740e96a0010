import { ready, shut } from './readiness.js';
import { ANSWER_WITHIN_MS } from './own-client.js';
import type { RedisClient } from './redis-client.js';

/** How often the server is asked whether it still hears us: nothing else would tell that it does not. */
const PROBE_MS = 10_000;

type Hear = (message: string) => void;

/**
 * What is heard on one connection. Best effort: what is published while the connection is broken is missed.
 */
export class Subscriptions {
  readonly #hearers = new Map<string, Set<Hear>>();
  readonly #probe: NodeJS.Timeout;

  constructor(private readonly client: RedisClient) {
    client.on('message', (channel: string, message: string) => {
      for (const hear of this.#hearers.get(channel) ?? []) hear(message);
    });
    // After a connection loss the driver subscribes again to what had been confirmed, not to what had not.
    client.on('ready', () => this.#subscribe([...this.#hearers.keys()]));
    this.#probe = setInterval(() => this.#ask(), PROBE_MS);
    this.#probe.unref();
  }

  /** Until the returned function is called. */
  listen(channel: string, hear: Hear): () => void {
    const hearers = this.#hearers.get(channel) ?? new Set();
    if (hearers.size === 0) {
      this.#hearers.set(channel, hearers);
      this.#open(channel);
    }
    hearers.add(hear);
    return () => {
      if (!hearers.delete(hear) || hearers.size > 0) return;
      this.#hearers.delete(channel);
      this.client.unsubscribe(channel).catch(() => undefined);
    };
  }

  close(): void {
    clearInterval(this.#probe);
    shut(this.client);
  }

  #open(channel: string): void {
    if (this.client.status === 'ready') this.#subscribe([channel]);
    // As it gets ready, it subscribes.
    else ready(this.client).catch(() => undefined);
  }

  #subscribe(channels: readonly string[]): void {
    if (channels.length === 0) return;
    const dropped = setTimeout(() => this.client.disconnect(true), ANSWER_WITHIN_MS);
    dropped.unref();
    this.client
      .subscribe(...channels)
      .catch(() => undefined)
      .finally(() => clearTimeout(dropped));
  }

  /** To subscribe again changes nothing, and is answered on this very connection. */
  #ask(): void {
    const [channel] = this.#hearers.keys();
    if (channel !== undefined && this.client.status === 'ready') this.#subscribe([channel]);
  }
}
