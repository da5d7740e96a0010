import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll } from 'vitest';
import {
  RedisResults,
  type RedisResultsOptions,
} from '../../../../lib/adapters/redis/redis-results.js';
import { KEEP_ALL } from '../../../../lib/testing/conformance/results/results-world.js';
import { RedisServer } from '../../../support/servers/redis-server.js';

/** A Redis for all tests of a file, and stores in it. */
export class ResultsScene {
  server!: RedisServer;
  /** To look at what lies there, and to disturb it. */
  redis!: Redis;
  readonly #opened: RedisResults[] = [];

  constructor(args?: readonly string[]) {
    beforeAll(async () => {
      this.server = await RedisServer.start(args);
      this.redis = new Redis(this.server.url);
      this.redis.on('error', () => undefined);
    });
    afterAll(async () => {
      for (const results of this.#opened) await results.close();
      this.redis.disconnect();
      await this.server.stop();
    });
  }

  /** With connections of its own, as in another process; under a fresh prefix unless one is given. */
  async open(but: RedisResultsOptions = {}): Promise<RedisResults> {
    const options = { prefix: randomUUID(), ...but };
    const results = new RedisResults({ options: { port: this.server.port } }, options);
    this.#opened.push(results);
    await results.connect({ retention: KEEP_ALL });
    return results;
  }
}
