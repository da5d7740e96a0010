import { keyPrefixOf, ownClient, type Purpose } from './own-client.js';
import { drop, readyAtOnce, shut, whenSilent } from './readiness.js';
import type { RedisClient } from './redis-client.js';
import type { RedisConnection } from './redis-connection.js';
import { checkServer } from './server-check.js';
import { Subscriptions } from './subscriptions.js';

export { ready } from './readiness.js';

/**
 * The connections of one process to one server: one for commands, one for each call that blocks while
 * a worker waits (usually one), one that hears what is published. Each opens when first used. None may
 * block for longer than LONGEST_BLOCK_MS at once.
 */
export class RedisLink {
  /** What every key begins with, before the store's own prefix. */
  readonly keyPrefix: string;
  readonly #open = new Set<RedisClient>();
  #commands: RedisClient | undefined;
  /** Those that blocked before, and have nothing to do. */
  readonly #spare: RedisClient[] = [];
  readonly #lent = new Set<RedisClient>();
  #subscriptions: Subscriptions | undefined;

  readonly #connection: RedisConnection;

  constructor(connection: RedisConnection) {
    this.#connection = connection;
    this.keyPrefix = keyPrefixOf(connection);
  }

  get commands(): RedisClient {
    return (this.#commands ??= this.#connectionFor('commands'));
  }

  /** For one caller that blocks; others need their own. To be given back. */
  lendBlocking(): RedisClient {
    const client = this.#spare.pop() ?? this.#connectionFor('blocking');
    this.#lent.add(client);
    return client;
  }

  takeBack(client: RedisClient): void {
    if (this.#lent.delete(client)) this.#spare.push(client);
  }

  /**
   * Hears what is published on a channel, until the returned function is called. `begin` is called each
   * time from which on nothing is missed: at first, and after each connection loss.
   */
  listen(channel: string, hear: (message: string) => void, begin?: () => void): () => void {
    this.#subscriptions ??= new Subscriptions(this.#connectionFor('subscriber'));
    return this.#subscriptions.listen(channel, hear, begin);
  }

  /**
   * One try. Gives what an operator should change about the server; rejects with CapabilityError where it
   * can never do, with what the driver says where it is out of reach.
   */
  async connect(): Promise<readonly string[]> {
    return checkServer(await readyAtOnce(this.commands));
  }

  close(): void {
    this.#subscriptions?.close();
    for (const client of this.#open) shut(client);
    this.#open.clear();
    this.#lent.clear();
    this.#spare.length = 0;
    this.#commands = this.#subscriptions = undefined;
  }

  #connectionFor(purpose: Purpose): RedisClient {
    const client = ownClient(this.#connection, purpose);
    this.#open.add(client);
    // The others lead to the same server, which need not be asked one by one, each for seconds.
    whenSilent(client, () => {
      for (const other of this.#open) if (other !== client) drop(other);
    });
    return client;
  }
}
