import { Redis } from 'ioredis';
import { afterAll, beforeAll } from 'vitest';
import { findProgram } from '../../support/servers/find-program.js';
import { REDIS_8 } from '../../support/servers/programs.js';
import { RedisServer } from '../../support/servers/redis-server.js';
import { describeStores } from './conformance.js';
import { addDocumentedUser, asDocumentedUser } from './documented-user.js';

/** It may have to be fetched first. */
const FETCHED_WITHIN_MS = 300_000;

let server: RedisServer;

beforeAll(async () => {
  await findProgram(REDIS_8);
  server = await RedisServer.start(undefined, REDIS_8);
  const admin = new Redis(server.url);
  await addDocumentedUser(admin, '*');
  admin.disconnect();
}, FETCHED_WITHIN_MS);
afterAll(() => server.stop());

// With no more rights than operators are told to give.
describeStores('Redis 8', () => ({ url: asDocumentedUser(server.url) }));
