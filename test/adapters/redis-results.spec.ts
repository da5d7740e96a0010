import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from 'vitest';
import { RedisResults } from '../../lib/adapters/redis/redis-results.js';
import { describeResults } from '../../lib/testing/describe-results.js';
import { ManualClock } from '../../lib/testing/manual-clock.js';
import { RedisServer } from '../support/servers/redis-server.js';

let server: RedisServer;
beforeAll(async () => {
  server = await RedisServer.start();
});
afterAll(() => server.stop());

describeResults(
  'RedisResults',
  async () => {
    const prefix = randomUUID();
    const clock = new ManualClock(Date.now());
    const time = { clock, offsetMs: () => clock.elapsed() };
    const open = () => new RedisResults({ url: server.url }, { prefix, time });
    return {
      results: open(),
      another: async () => open(),
      pass: (ms) => clock.advance(ms),
      timeTravel: true,
      now: () => Date.now() + clock.elapsed(),
      dispose: async () => undefined,
    };
  },
  { describe, it, beforeEach, afterEach },
);
