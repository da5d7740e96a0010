import type { Cluster, Redis, RedisOptions } from 'ioredis';
import { expected, expecting, refuse } from '../../../core/validation/check.js';
import { isFields } from '../../../core/validation/shape.js';

/** Where the server is: exactly one of the three. */
export type RedisConnection =
  /** `redis://` or `rediss://` (TLS), with user, password and database. */
  | { readonly url: string }
  /** Anything that ioredis takes: TLS, Sentinel, sockets. */
  | { readonly options: RedisOptions }
  /**
   * A client of your own, of one server or of a cluster. Its settings are taken, `keyPrefix` too; its
   * connection is left to you: never used, never closed.
   */
  | { readonly client: Redis | Cluster };

const WAYS = {
  url: expecting('a url', (value) => typeof value === 'string' && value !== ''),
  options: expecting('options of ioredis', isFields),
  client: expecting('a client of ioredis', isFields),
};
const NAMES = Object.keys(WAYS).join(', ');

/** Throws InvalidOptionsError for what does not say where the server is. */
export function checkConnection(subject: string, connection: unknown): void {
  const given = isFields(connection) ? connection : {};
  const ways = Object.entries(WAYS).filter(([name]) => given[name] !== undefined);
  const problems = ways.flatMap(([name, check]) => check(given[name], name));
  const wanted = `an object with one of ${NAMES}`;
  refuse(subject, ways.length === 1 ? problems : [expected(wanted, 'connection', connection)]);
}
