import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { RedisConnection } from './redis-connection.js';

export type RedisClient = Redis | Cluster;

const LONGEST_PAUSE_MS = 1_000;

/**
 * What our connections differ in from ioredis's defaults. A command whose answer was lost is never
 * sent again behind our back: a claim made twice would keep jobs that nobody knows of. Whoever
 * called is told, and core makes good what was lost.
 */
const OURS = {
  lazyConnect: true,
  autoResendUnfulfilledCommands: false,
  // Without it, commands that were under way as the connection broke would hang for ever.
  maxRetriesPerRequest: 0,
  enableOfflineQueue: false,
  // A replica after a failover, until the connection leads to the new master.
  reconnectOnError: ({ message }: Error) => message.startsWith('READONLY'),
  retryStrategy: (times: number) => Math.min(LONGEST_PAUSE_MS, 50 * 2 ** Math.min(times, 5)),
} satisfies RedisOptions;

/** A connection of ours to that server, not yet opened. Keys are written out: it adds no prefix. */
export function ownClient(connection: RedisConnection): RedisClient {
  const client = makeClient(connection);
  // First of all: without a listener an error would end the process. Calls tell what went wrong.
  client.on('error', () => undefined);
  return client;
}

/** What the user's own client puts before each key. */
export function keyPrefixOf(connection: RedisConnection): string {
  if ('client' in connection) return connection.client.options.keyPrefix ?? '';
  return 'options' in connection ? (connection.options.keyPrefix ?? '') : '';
}

function makeClient(connection: RedisConnection): RedisClient {
  if ('url' in connection) return new Redis(connection.url, OURS);
  if ('options' in connection) {
    const settings: RedisOptions = { ...connection.options, ...OURS, keyPrefix: '' };
    // Replies are read as the driver shows them by default.
    return new Redis({ ...settings, replyMapping: 'legacy' });
  }
  const { client } = connection;
  return client instanceof Cluster
    ? client.duplicate([], { ...clusterOptions(), keyPrefix: '' })
    : client.duplicate({ ...OURS, keyPrefix: '' });
}

function clusterOptions(): ConstructorParameters<typeof Cluster>[1] {
  const { retryStrategy, lazyConnect, enableOfflineQueue, ...redisOptions } = OURS;
  return { lazyConnect, enableOfflineQueue, clusterRetryStrategy: retryStrategy, redisOptions };
}
