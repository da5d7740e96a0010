import { expect, it, onTestFinished } from 'vitest';
import { TasqueueClient } from '../../lib/index.js';
import { NatsBroker, NatsResults } from '../../lib/nats/index.js';
import { NatsServer } from '../support/servers/nats-server.js';
import { healthApp } from './support/health-app.js';

const TIMEOUT_MS = 400;
/** From the fault, or its end, until health has noticed. */
const NOTICED_MS = 20_000;

async function opened() {
  const server = await NatsServer.start();
  onTestFinished(() => server.stop());
  const servers = { servers: server.url };
  const stores = { broker: new NatsBroker(servers), results: new NatsResults(servers) };
  const { app, health } = await healthApp(stores, { timeout: TIMEOUT_MS });
  const becomes = async (answer: object): Promise<void> => {
    await expect.poll(() => health(), { timeout: NOTICED_MS, interval: 50 }).toMatchObject(answer);
  };
  await becomes({ code: 200, jobs: { status: 'up', broker: 'up', results: 'up' } });
  const runsJobs = async (): Promise<void> => {
    const handle = await app.get(TasqueueClient).enqueue('echo', 'hello');
    expect(await handle.result({ timeout: NOTICED_MS })).toBe('hello');
  };
  return { server, health, becomes, runsJobs };
}

it('is up while NATS works', async () => {
  const { health, runsJobs } = await opened();
  await runsJobs();
  expect(await health()).toMatchObject({ code: 200, jobs: { status: 'up', workers: 'running' } });
});

it('is down, in time, while NATS is silent, and up again when it goes on', async () => {
  const { server, health, becomes, runsJobs } = await opened();
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

  process.kill(server.pid, 'SIGCONT');
  await becomes({ code: 200, jobs: { status: 'up' } });
  await runsJobs();
});

it('is down while NATS is gone, without its address, and up again when it is back', async () => {
  const { server, health, becomes, runsJobs } = await opened();
  await server.kill();
  await becomes({ code: 503, jobs: { status: 'down', broker: 'down', results: 'down' } });
  expect(JSON.stringify(await health())).not.toContain(String(server.port));

  await server.restart();
  await becomes({ code: 200, jobs: { status: 'up' } });
  await runsJobs();
});
