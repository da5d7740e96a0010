import { keyPrefixOf, ownClient, type RedisClient } from './own-client.js';
import type { RedisConnection } from './redis-connection.js';

/**
 * The connections of one process to one server: one for commands, one that blocks while workers wait,
 * one that hears what is published. Each opens when first used.
 */
export class RedisLink {
  /** What every key begins with, before the store's own prefix. */
  readonly keyPrefix: string;
  #commands: RedisClient | undefined;
  #blocking: RedisClient | undefined;
  #subscriber: RedisClient | undefined;

  constructor(private readonly connection: RedisConnection) {
    this.keyPrefix = keyPrefixOf(connection);
  }

  get commands(): RedisClient {
    return (this.#commands ??= ownClient(this.connection));
  }

  get blocking(): RedisClient {
    return (this.#blocking ??= ownClient(this.connection));
  }

  get subscriber(): RedisClient {
    return (this.#subscriber ??= ownClient(this.connection));
  }

  async connect(): Promise<void> {
    await ready(this.commands);
  }

  close(): void {
    for (const client of [this.#commands, this.#blocking, this.#subscriber]) client?.disconnect();
    this.#commands = this.#blocking = this.#subscriber = undefined;
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
