import { drop, ready, shut } from './readiness.js';
import { ANSWER_WITHIN_MS } from './own-client.js';
import type { RedisClient } from './redis-client.js';

/** How often the server is asked whether it still hears us: nothing else would tell that it does not. */
const PROBE_MS = 10_000;

interface Hearer {
  readonly hear: (message: string) => void;
  readonly begin: () => void;
}

/**
 * What is heard on one connection. Best effort: what is published while the connection is broken is missed.
 */
export class Subscriptions {
  readonly #hearers = new Map<string, Set<Hearer>>();
  readonly #probe: NodeJS.Timeout;

  constructor(
    private readonly client: RedisClient,
    probeMs = PROBE_MS,
  ) {
    client.on('message', (channel: string, message: string) => {
      for (const { hear } of this.#hearers.get(channel) ?? []) hear(message);
    });
    // Also after a connection loss: the driver subscribes to nothing by itself.
    client.on('ready', () => this.#begin([...this.#hearers.keys()]));
    this.#probe = setInterval(() => this.#ask(), probeMs);
    this.#probe.unref();
  }

  /**
   * Until the returned function is called. `begin` is called each time from which on nothing is missed:
   * once the channel is heard, and again after each connection loss.
   */
  listen(channel: string, hear: Hearer['hear'], begin: () => void = () => {}): () => void {
    const hearers = this.#hearers.get(channel) ?? new Set();
    const hearer = { hear, begin };
    if (hearers.size === 0) {
      this.#hearers.set(channel, hearers);
      this.#open(channel);
    }
    hearers.add(hearer);
    return () => {
      if (!hearers.delete(hearer) || hearers.size > 0) return;
      this.#hearers.delete(channel);
      this.client.unsubscribe(channel).catch(() => undefined);
    };
  }

  close(): void {
    clearInterval(this.#probe);
    shut(this.client);
  }

  #open(channel: string): void {
    if (this.client.status === 'ready') this.#begin([channel]);
    // As it gets ready, it subscribes.
    else ready(this.client).catch(() => undefined);
  }

  #begin(channels: readonly string[]): void {
    if (channels.length === 0) return;
    this.#subscribe(channels, () => {
      for (const channel of channels)
        for (const { begin } of this.#hearers.get(channel) ?? []) begin();
    });
  }

  #subscribe(channels: readonly string[], then: () => void): void {
    const dropped = setTimeout(() => drop(this.client), ANSWER_WITHIN_MS);
    dropped.unref();
    this.client
      .subscribe(...channels)
      .then(then, () => undefined)
      .finally(() => clearTimeout(dropped));
  }

  /** To subscribe again changes nothing, and is answered on this very connection. */
  #ask(): void {
    const [channel] = this.#hearers.keys();
    if (channel !== undefined && this.client.status === 'ready')
      this.#subscribe([channel], () => {});
  }
}
