import { MemoryBroker, MemoryResults } from 'nestjs-tasqueue';
import { RedisBroker, RedisResults } from 'nestjs-tasqueue/redis';
import { afterAll, beforeAll } from 'vitest';
import { RedisServer } from '../support/servers/redis-server.js';
import { describeStores } from './stores/describe-stores.js';

let server: RedisServer;
let worlds = 0;

beforeAll(async () => {
  server = await RedisServer.start();
});

afterAll(() => server.stop());

function redis() {
  worlds += 1;
  const address = [{ url: server.url }, { prefix: `world-${worlds}` }] as const;
  return {
    broker: () => new RedisBroker(...address),
    results: () => new RedisResults(...address),
  };
}

function memory() {
  const [broker, results] = [new MemoryBroker(), new MemoryResults()];
  return { broker: () => broker, results: () => results };
}

describeStores('a Redis broker and Redis results', redis);
describeStores('a Redis broker and memory results', () => ({
  ...memory(),
  broker: redis().broker,
}));
describeStores('a memory broker and Redis results', () => ({
  ...memory(),
  results: redis().results,
}));
