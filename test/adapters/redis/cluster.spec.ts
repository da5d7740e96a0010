import type { Cluster } from 'ioredis';
import { afterAll, beforeAll } from 'vitest';
import { RedisCluster } from '../../support/servers/redis-cluster.js';
import { describeStores } from './conformance.js';

let cluster: RedisCluster;
let client: Cluster;

beforeAll(async () => {
  cluster = await RedisCluster.start();
  client = cluster.client({ lazyConnect: true });
});
afterAll(async () => {
  client.disconnect();
  await cluster.stop();
});

// Each case has a prefix of its own, and so a slot of its own: all nodes have their share.
describeStores('a cluster of three', () => ({ client }));
