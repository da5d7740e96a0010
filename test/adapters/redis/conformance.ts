import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, it } from 'vitest';
import type { RedisConnection } from '../../../lib/adapters/redis/connection/redis-connection.js';
import { RedisBroker, RedisResults } from '../../../lib/redis/index.js';
import { describeBroker } from '../../../lib/testing/describe-broker.js';
import { describeResults } from '../../../lib/testing/describe-results.js';
import { ManualClock } from '../../../lib/testing/manual-clock.js';

/** Tries both stores on a server of some kind, each case below a prefix of its own. */
export function describeStores(name: string, connection: () => RedisConnection): void {
  const framework = { describe, it, beforeEach, afterEach };
  describeBroker(`RedisBroker on ${name}`, async () => brokerWorld(connection()), framework);
  describeResults(`RedisResults on ${name}`, async () => resultsWorld(connection()), framework);
}

function brokerWorld(connection: RedisConnection) {
  const prefix = randomUUID();
  const make = (): RedisBroker => new RedisBroker(connection, { prefix });
  return {
    broker: make(),
    another: async () => make(),
    pass: (ms: number) => sleep(ms),
    dispose: async () => undefined,
  };
}

function resultsWorld(connection: RedisConnection) {
  const prefix = randomUUID();
  const clock = new ManualClock(Date.now());
  const time = { clock, offsetMs: () => clock.elapsed() };
  const make = (): RedisResults => new RedisResults(connection, { prefix, time });
  return {
    results: make(),
    another: async () => make(),
    pass: (ms: number) => clock.advance(ms),
    timeTravel: true,
    now: () => Date.now() + clock.elapsed(),
    dispose: async () => undefined,
  };
}
