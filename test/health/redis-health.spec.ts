import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { RedisBroker, RedisResults } from '../../lib/redis/index.js';
import type { TasqueueHealthOptions } from '../../lib/health/index.js';
import { TasqueueClient } from '../../lib/index.js';
import { RedisServer } from '../support/servers/redis-server.js';
import { type HealthAnswer, healthApp } from './support/health-app.js';

const TIMEOUT_MS = 400;
/** From the fault, or its end, until health has noticed. */
const NOTICED_MS = 15_000;

let server: RedisServer;

beforeAll(async () => {
  server = await RedisServer.start();
});
afterAll(() => server.stop());

let health: () => Promise<HealthAnswer>;
let client: TasqueueClient;

async function open(limits: TasqueueHealthOptions = {}): Promise<void> {
  const connection = { url: server.url };
  const stores = { broker: new RedisBroker(connection), results: new RedisResults(connection) };
  const opened = await healthApp(stores, { timeout: TIMEOUT_MS, ...limits });
  health = opened.health;
  client = opened.app.get(TasqueueClient);
}

/** Waits until `/health` answers so. */
async function becomes(answer: object): Promise<void> {
  await expect.poll(() => health(), { timeout: NOTICED_MS, interval: 50 }).toMatchObject(answer);
}

const runsJobs = async (): Promise<void> => {
  const handle = await client.enqueue('echo', 'hello');
  expect(await handle.result({ timeout: NOTICED_MS })).toBe('hello');
};

beforeEach(async () => {
  await open();
  await becomes({ code: 200, status: 'ok', jobs: { status: 'up', broker: 'up', results: 'up' } });
});

it('is up while Redis works', async () => {
  await runsJobs();
  expect(await health()).toMatchObject({ code: 200, jobs: { status: 'up', workers: 'running' } });
});

it('is down, in time, while Redis is silent, and up again when it goes on', async () => {
  process.kill(server.pid, 'SIGSTOP');
  onTestFinished(() => void process.kill(server.pid, 'SIGCONT'));
  // The signal takes a moment to reach all of the process.
  await becomes({ code: 503 });
  const askedAt = performance.now();
  const answer = await health();

  // The bound of the check, and room for a machine that is busy.
  expect(performance.now() - askedAt).toBeLessThan(TIMEOUT_MS + 2_000);
  expect(answer).toMatchObject({
    code: 503,
    jobs: { status: 'down', broker: 'down', results: 'down' },
  });
  expect(answer.jobs['message']).toContain(`the broker 'redis' did not answer within 400 ms`);

  process.kill(server.pid, 'SIGCONT');
  await becomes({ code: 200, jobs: { status: 'up' } });
  await runsJobs();
});

it('is down while Redis is gone, without its address, and up again when it is back', async () => {
  await server.kill();
  await becomes({ code: 503, jobs: { status: 'down', broker: 'down', results: 'down' } });
  expect(JSON.stringify(await health())).not.toContain(String(server.port));

  await server.restart();
  await becomes({ code: 200, jobs: { status: 'up' } });
  await runsJobs();
});

it('is down while Redis answers pings but takes nothing any more', async () => {
  await open({ maxStaleness: 3_000 });
  const operator = new Redis(server.port, '127.0.0.1');
  onTestFinished(() => operator.disconnect());
  // Out of memory: what writes is refused, and a claim writes.
  await operator.config('SET', 'maxmemory', '1');
  onTestFinished(() => void operator.config('SET', 'maxmemory', '0'));
  await becomes({
    code: 503,
    jobs: { status: 'down', broker: 'up', message: expect.stringContaining('no answer') },
  });

  await operator.config('SET', 'maxmemory', '0');
  await becomes({ code: 200, jobs: { status: 'up' } });
  await runsJobs();
});
