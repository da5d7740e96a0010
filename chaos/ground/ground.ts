import type { Broker } from '../../lib/core/ports/broker.js';
import type { Results } from '../../lib/core/ports/results.js';

export interface Stores {
  readonly broker: Broker;
  readonly results: Results;
}

/** Something that befalls the server or the way to it; resolves once it is over. */
export type Ordeal = () => Promise<void>;

/** Where the stores of a lane are: a server of its own, kept from seed to seed. */
export interface Ground {
  /** As workers and callers see them: what is done to the network is between. */
  open(prefix: string): Promise<Stores>;
  /** As nobody's network can harm them. */
  openSafely(prefix: string): Promise<Stores>;
  /** What can befall this server, by name. */
  readonly ordeals: Readonly<Record<string, Ordeal>>;
  /** What lies there that nobody needs any more, once all have left. `ids`: everything that may have a record. */
  leftovers(prefix: string, ids: ReadonlySet<string>): Promise<readonly string[]>;
  /** Forgets a seed. */
  clear(prefix: string): Promise<void>;
  close(): Promise<void>;
}
