import { NatsResults } from '../../../../lib/adapters/nats/nats-results.js';
import type { Clock } from '../../../../lib/core/clock.js';
import type { Results, RetentionPolicy } from '../../../../lib/core/ports/results.js';
import { KEEP_ALL } from '../../../../lib/testing/conformance/results/results-world.js';

let prefixes = 0;

/** A prefix that no other test uses. */
export function freshPrefix(): string {
  return `results-${(prefixes += 1)}`;
}

export interface OpenSettings {
  readonly prefix: string;
  readonly clock?: Clock | undefined;
  readonly retention?: RetentionPolicy | undefined;
}

/** Stores that are closed together. */
export class OpenStores {
  readonly #stores: Results[] = [];

  async open(servers: string, settings: OpenSettings): Promise<NatsResults> {
    const { prefix, clock, retention = KEEP_ALL } = settings;
    const store = new NatsResults({ servers }, { prefix, clock });
    await store.connect({ retention });
    this.#stores.push(store);
    return store;
  }

  async close(): Promise<void> {
    await Promise.all(this.#stores.splice(0).map((store) => store.close()));
  }
}
