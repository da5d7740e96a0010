import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from 'vitest';
import { RedisBroker } from '../../lib/redis/index.js';
import { describeBroker } from '../../lib/testing/describe-broker.js';
import { RedisServer } from '../support/servers/redis-server.js';

let server: RedisServer;
let admin: Redis;

beforeAll(async () => {
  server = await RedisServer.start();
  admin = new Redis(server.url);
});

afterAll(async () => {
  admin.disconnect();
  await server.stop();
});

describeBroker(
  'RedisBroker',
  async () => {
    const { url } = server;
    const prefix = randomUUID();
    const make = (): RedisBroker => new RedisBroker({ url }, { prefix });
    return {
      broker: make(),
      another: async () => make(),
      // A server may round what has passed: never less than what was asked for.
      pass: (ms) => sleep(ms),
      dispose: async () => {
        const keys = await admin.keys(`{${prefix}}*`);
        if (keys.length > 0) await admin.del(...keys);
      },
    };
  },
  { describe, it, beforeEach, afterEach },
);
