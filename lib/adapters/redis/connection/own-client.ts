import { type ClusterOptions, Redis, type RedisOptions } from 'ioredis';
import { noteErrors } from './readiness.js';
import { isCluster, type RedisClient } from './redis-client.js';
import type { RedisConnection } from './redis-connection.js';

export type { RedisClient } from './redis-client.js';

/** What a connection is for; its name in `CLIENT LIST`. */
export type Purpose = 'commands' | 'blocking' | 'subscriber';

/**
 * How long a server may be silent while an answer is due. Then packets vanish, or it hangs: the connection
 * is dropped and made anew.
 */
export const ANSWER_WITHIN_MS = 4_000;
/** The longest that one command may block: the longer, the later vanishing packets are noticed. */
export const LONGEST_BLOCK_MS = 3_000;

const LONGEST_PAUSE_MS = 1_000;

/** A replica after a failover: connected anew, the address may lead to the master. */
const leadsToReplica = ({ message }: Error): boolean => /\bREADONLY\b/.test(message);

const pause = (times: number): number => Math.min(LONGEST_PAUSE_MS, 50 * 2 ** Math.min(times, 5));

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
  reconnectOnError: leadsToReplica,
  retryStrategy: pause,
  // A server that loads its data is asked again soon: by default that may take ten seconds.
  maxLoadingRetryTime: 250,
  // One that is disconnected does not wait for a peer that says nothing.
  disconnectTimeout: 100,
  // Core bounds each call by itself; one that blocks takes longer than others.
  commandTimeout: undefined,
  blockingTimeout: undefined,
  // Calls are batched already, and replies read as the driver shows them by default.
  enableAutoPipelining: false,
  stringNumbers: false,
  replyMapping: 'legacy',
  readOnly: false,
  // `Subscriptions` does it; the driver would leave a rejection that nobody hears if it breaks again just then.
  autoResubscribe: false,
  enableReadyCheck: true,
  keyPrefix: '',
} satisfies RedisOptions;

/** A connection of ours to that server, not yet opened. Keys are written out: it adds no prefix. */
export function ownClient(connection: RedisConnection, purpose: Purpose): RedisClient {
  const client = makeClient(connection, purpose);
  noteErrors(client);
  return client;
}

/** What the user's own client puts before each key. */
export function keyPrefixOf(connection: RedisConnection): string {
  if ('client' in connection) return connection.client.options.keyPrefix ?? '';
  return 'options' in connection ? (connection.options.keyPrefix ?? '') : '';
}

function makeClient(connection: RedisConnection, purpose: Purpose): RedisClient {
  if ('url' in connection) return new Redis(connection.url, settings(purpose, {}));
  if ('options' in connection) return new Redis(settings(purpose, connection.options));
  const { client } = connection;
  return isCluster(client)
    ? client.duplicate([], clusterSettings(purpose, client.options))
    : client.duplicate(settings(purpose, client.options));
}

function settings(purpose: Purpose, theirs: RedisOptions) {
  const blockMs = purpose === 'blocking' ? LONGEST_BLOCK_MS : 0;
  return {
    ...theirs,
    ...OURS,
    connectionName: theirs.connectionName ?? `tasqueue-${purpose}`,
    socketTimeout: ANSWER_WITHIN_MS + blockMs,
    connectTimeout: Math.min(theirs.connectTimeout ?? ANSWER_WITHIN_MS, ANSWER_WITHIN_MS),
  };
}

function clusterSettings(purpose: Purpose, theirs: ClusterOptions) {
  const {
    retryStrategy,
    enableOfflineQueue: _,
    ...redisOptions
  } = settings(purpose, theirs.redisOptions ?? {});
  return {
    lazyConnect: true,
    // A node is connected to as the first command goes there: others right behind it have to wait.
    enableOfflineQueue: true,
    redisOptions,
    keyPrefix: '',
    enableAutoPipelining: false,
    clusterRetryStrategy: retryStrategy,
    // It would send commands again whose answers were lost.
    retryDelayOnFailover: 0,
    scaleReads: 'master' as const,
    shardedSubscribers: false,
  };
}
