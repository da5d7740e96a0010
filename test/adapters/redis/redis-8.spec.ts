import { afterAll, beforeAll } from 'vitest';
import { findProgram } from '../../support/servers/find-program.js';
import { REDIS_8 } from '../../support/servers/programs.js';
import { RedisServer } from '../../support/servers/redis-server.js';
import { describeStores } from './conformance.js';

/** It may have to be fetched first. */
const FETCHED_WITHIN_MS = 300_000;

let server: RedisServer;

beforeAll(async () => {
  await findProgram(REDIS_8);
  server = await RedisServer.start(undefined, REDIS_8);
}, FETCHED_WITHIN_MS);
afterAll(() => server.stop());

describeStores('Redis 8', () => ({ url: server.url }));
