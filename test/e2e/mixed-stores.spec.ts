import { NatsBroker, NatsResults } from 'nestjs-tasqueue/nats';
import { RedisBroker, RedisResults } from 'nestjs-tasqueue/redis';
import { afterAll, beforeAll } from 'vitest';
import { NatsServer } from '../support/servers/nats-server.js';
import { RedisServer } from '../support/servers/redis-server.js';
import { describeStores } from './stores/describe-stores.js';

let redis: RedisServer;
let nats: NatsServer;
let worlds = 0;
const newPrefix = () => ({ prefix: `mixed-${(worlds += 1)}` });

beforeAll(async () => {
  [redis, nats] = await Promise.all([RedisServer.start(), NatsServer.start()]);
});

afterAll(async () => {
  await Promise.all([redis.stop(), nats.stop()]);
});

describeStores('a NATS broker and Redis results', () => {
  const options = newPrefix();
  return {
    broker: () => new NatsBroker({ servers: nats.url }, options),
    results: () => new RedisResults({ url: redis.url }, options),
  };
});

describeStores('a Redis broker and NATS results', () => {
  const options = newPrefix();
  return {
    broker: () => new RedisBroker({ url: redis.url }, options),
    results: () => new NatsResults({ servers: nats.url }, options),
  };
});
