import type { Cluster, Redis, RedisOptions } from 'ioredis';

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
