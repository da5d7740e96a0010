import { keyPrefixOf, ownClient, type RedisClient } from './own-client.js';
import type { RedisConnection } from './redis-connection.js';

/**
 * The connections of one process to one server: one for commands, one for each call that blocks while
 * a worker waits (usually one), one that hears what is published. Each opens when first used.
 */
export class RedisLink {
  /** What every key begins with, before the store's own prefix. */
  readonly keyPrefix: string;
  #commands: RedisClient | undefined;
  /** Those that blocked before, and have nothing to do. */
  readonly #spare: RedisClient[] = [];
  readonly #lent = new Set<RedisClient>();
  #subscriber: RedisClient | undefined;

  constructor(private readonly connection: RedisConnection) {
    this.keyPrefix = keyPrefixOf(connection);
  }

  get commands(): RedisClient {
    return (this.#commands ??= ownClient(this.connection));
  }

  /** For one caller that blocks; others need their own. To be given back. */
  lendBlocking(): RedisClient {
    const client = this.#spare.pop() ?? ownClient(this.connection);
    this.#lent.add(client);
    return client;
  }

  takeBack(client: RedisClient): void {
    if (this.#lent.delete(client)) this.#spare.push(client);
  }

  get subscriber(): RedisClient {
    return (this.#subscriber ??= ownClient(this.connection));
  }

  async connect(): Promise<void> {
    await ready(this.commands);
  }

  close(): void {
    const blocking = [...this.#spare.splice(0), ...this.#lent];
    for (const client of [this.#commands, this.#subscriber, ...blocking]) client?.disconnect();
    this.#lent.clear();
    this.#commands = this.#subscriber = undefined;
  }
}

/** Resolves once commands may be sent; who waits longer than he likes gives up by himself. */
export async function ready(client: RedisClient): Promise<RedisClient> {
  if (client.status === 'ready') return client;
  if (client.status === 'wait') await client.connect();
  else
    await new Promise<void>((resolve, reject) => {
      const done = (): void => {
        client.off('ready', done);
        client.off('end', ended);
        resolve();
      };
      const ended = (): void => {
        client.off('ready', done);
        client.off('end', ended);
        reject(new Error('the connection to Redis was closed'));
      };
      client.once('ready', done);
      client.once('end', ended);
    });
  return client;
}
