import { CapabilityError, ResultsUnavailableError } from '../../../core/errors.js';
import { baseKey } from '../base-key.js';
import { bareError } from '../connection/bare-error.js';
import { joinLink, leaveLink } from '../connection/links.js';
import { keyPrefixOf } from '../connection/own-client.js';
import { checkConnection, type RedisConnection } from '../connection/redis-connection.js';
import { ready, type RedisLink } from '../connection/redis-link.js';
import type { Script, ScriptArgument } from '../scripts/script.js';

/** The server as the parts of the results store see it; each failure is a ResultsUnavailableError. */
export class ResultsServer {
  /** With its password: a store may be logged. */
  readonly #connection: RedisConnection;
  /** Begins every key. */
  readonly base: string;
  #link: RedisLink | undefined;

  /** `offsetMs`: what tests add to the server's time. */
  constructor(
    connection: RedisConnection,
    prefix: string,
    private readonly offsetMs: () => number,
  ) {
    checkConnection('RedisResults', connection);
    this.#connection = connection;
    this.base = baseKey(keyPrefixOf(connection), prefix);
  }

  connect(): Promise<readonly string[]> {
    this.#link = joinLink(this.#connection, this);
    const link = this.#link;
    return attempt(() => link.connect());
  }

  close(): void {
    this.#link = undefined;
    leaveLink(this.#connection, this);
  }

  /** Undefined before it is connected, and after it was closed. */
  get link(): RedisLink | undefined {
    return this.#link;
  }

  run(script: Script, ...args: readonly ScriptArgument[]): Promise<unknown> {
    return attempt(async () => {
      const client = await ready(this.#connected().commands);
      return script.call(client, this.base, this.offsetMs(), ...args);
    });
  }

  /** A command of one key, named by what follows the base. */
  command(name: string, key: string, ...args: readonly ScriptArgument[]): Promise<unknown> {
    return attempt(async () => {
      const client = await ready(this.#connected().commands);
      return client.callBuffer(name, this.base + key, ...args);
    });
  }

  #connected(): RedisLink {
    if (this.#link === undefined) throw new Error('it is not connected, or was closed');
    return this.#link;
  }
}

async function attempt<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof CapabilityError) throw error;
    const cause = bareError(error);
    throw new ResultsUnavailableError(`Redis did not do as asked: ${cause.message}`, { cause });
  }
}
