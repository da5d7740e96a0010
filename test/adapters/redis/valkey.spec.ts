import { afterAll, beforeAll } from 'vitest';
import { findProgram } from '../../support/servers/find-program.js';
import { VALKEY } from '../../support/servers/programs.js';
import { RedisServer } from '../../support/servers/redis-server.js';
import { describeStores } from './conformance.js';

/** It may have to be fetched first. */
const FETCHED_WITHIN_MS = 300_000;

let server: RedisServer;

beforeAll(async () => {
  await findProgram(VALKEY);
  server = await RedisServer.start(undefined, VALKEY);
}, FETCHED_WITHIN_MS);
afterAll(() => server.stop());

describeStores('Valkey', () => ({ url: server.url }));
