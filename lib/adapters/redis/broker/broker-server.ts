import { BrokerUnavailableError, CapabilityError } from '../../../core/errors.js';
import { bareError } from '../connection/bare-error.js';
import { joinLink, leaveLink } from '../connection/links.js';
import { keyPrefixOf } from '../connection/own-client.js';
import type { RedisClient } from '../connection/redis-client.js';
import { checkConnection, type RedisConnection } from '../connection/redis-connection.js';
import { ready, type RedisLink } from '../connection/redis-link.js';
import { baseKey } from '../base-key.js';
import type { Script, ScriptArgument } from '../scripts/script.js';
import { ServerTime } from './server-time.js';

/** The server as the broker's parts see it: scripts to be called, each failure a BrokerUnavailableError. */
export class BrokerServer {
  readonly time = new ServerTime();
  /** With its password: a store may be logged. */
  readonly #connection: RedisConnection;
  /** Begins every key. */
  readonly base: string;
  #joined: RedisLink | undefined;
  /** Since the last `close`: a late call must not open connections that nobody closes. */
  #closed = false;

  constructor(connection: RedisConnection, prefix: string) {
    checkConnection('RedisBroker', connection);
    this.#connection = connection;
    this.base = baseKey(keyPrefixOf(connection), prefix);
  }

  connect(): Promise<readonly string[]> {
    this.#closed = false;
    return attempt(() => this.#link.connect());
  }

  close(): void {
    this.#closed = true;
    this.#joined = undefined;
    leaveLink(this.#connection, this);
  }

  /** Calls a script; its server time, where it gives one, is the caller's to note. */
  run(script: Script, ...args: readonly ScriptArgument[]): Promise<unknown> {
    return attempt(async () => {
      const client = await ready(this.#link.commands);
      return script.call(client, this.base, ...args);
    });
  }

  /** A connection for a call that blocks; it is given back when `use` has ended. */
  blocking<T>(use: (client: RedisClient) => Promise<T>): Promise<T> {
    return attempt(async () => {
      const link = this.#link;
      const client = link.lendBlocking();
      try {
        return await use(await ready(client));
      } finally {
        link.takeBack(client);
      }
    });
  }

  async publish(channel: string, message: string): Promise<void> {
    await attempt(async () => (await ready(this.#link.commands)).publish(channel, message));
  }

  /** Until the returned function is called. */
  listen(channel: string, hear: (message: string) => void): () => void {
    return this.#link.listen(channel, hear);
  }

  /** Joined when first needed. */
  get #link(): RedisLink {
    if (this.#closed) throw new Error('the broker is closed');
    return (this.#joined ??= joinLink(this.#connection, this));
  }
}

async function attempt<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof CapabilityError) throw error;
    const cause = bareError(error);
    throw new BrokerUnavailableError(`Redis did not do as asked: ${cause.message}`, { cause });
  }
}
