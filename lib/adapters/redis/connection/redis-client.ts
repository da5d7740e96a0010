import type { Cluster, Redis } from 'ioredis';

export type RedisClient = Redis | Cluster;

/** By its mark: the user's ioredis may be another copy than ours. */
export function isCluster(client: RedisClient): client is Cluster {
  return client.isCluster;
}
