import { afterAll, beforeAll } from 'vitest';
import { RedisServer } from '../support/servers/redis-server.js';
import { describeKills } from './kills/describe-kills.js';

let server: RedisServer;
let worlds = 0;

beforeAll(async () => {
  server = await RedisServer.start();
});

afterAll(() => server.stop());

describeKills('Redis', () => {
  worlds += 1;
  const store = { kind: 'redis', url: server.url, prefix: `world-${worlds}` } as const;
  return { broker: store, results: store };
});
