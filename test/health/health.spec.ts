import { Test } from '@nestjs/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { TasqueueHealthIndicator, TasqueueHealthModule } from '../../lib/health/index.js';
import {
  InvalidOptionsError,
  MemoryBroker,
  MemoryResults,
  TasqueueClient,
  TasqueueModule,
} from '../../lib/index.js';
import { TasqueueTestingModule } from '../../lib/testing/index.js';
import { overriding, silence } from '../support/engine/overriding.js';
import { errorOf } from '../nest/support/error-of.js';
import { SILENT } from '../nest/support/running-app.js';
import { deferred } from '../support/engine/instance.js';
import { healthApp } from './support/health-app.js';

describe('GET /health', () => {
  it('is 200 and up while all is well, with what there is to know', async () => {
    const { health } = await healthApp({});

    expect(await health()).toEqual({
      code: 200,
      status: 'ok',
      jobs: {
        status: 'up',
        broker: 'up',
        results: 'up',
        workers: 'running',
        silentMs: expect.any(Number),
        abandoned: 0,
      },
    });
  });

  it('is 200 and degraded while more is waiting than should', async () => {
    const { app, health } = await healthApp({ autoStart: false }, { maxPending: 1 });
    const client = app.get(TasqueueClient);
    await client.enqueue('echo', 1);
    expect(await health()).toMatchObject({ status: 'ok', jobs: { pending: 1 } });

    await client.enqueue('echo', 2);
    expect(await health()).toMatchObject({
      code: 200,
      status: 'degraded',
      jobs: {
        status: 'degraded',
        message: "2 jobs wait in queue 'tasqueue:tasks', more than 1",
        pending: 2,
      },
    });
  });

  it('is 503 and down, in time, with a broker that never answers', async () => {
    const broker = overriding(new MemoryBroker(), { ping: silence });
    const { health } = await healthApp({ broker }, { timeout: 20 });

    expect(await health()).toMatchObject({
      code: 503,
      status: 'error',
      jobs: {
        status: 'down',
        message: "the broker 'memory' did not answer within 20 ms",
        broker: 'down',
        results: 'up',
      },
    });
  });

  it('is 503 and down with a results store that is gone', async () => {
    const results = overriding(new MemoryResults(), {
      ping: () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:6379')),
    });
    const { health } = await healthApp({ results });
    const answer = await health();

    expect(answer).toMatchObject({ code: 503, jobs: { broker: 'up', results: 'down' } });
    // Strangers read it.
    expect(JSON.stringify(answer)).not.toContain('10.0.0.7');
  });

  it('is 503 and down when the fetch loop stands still, whatever pings say', async () => {
    const memory = new MemoryBroker();
    const stuck = deferred();
    const broker = overriding(memory, {
      work: (request) => stuck.promise.then(() => memory.work(request)),
    });
    const { health } = await healthApp({ broker }, { maxStaleness: 50 });

    await expect.poll(async () => (await health()).code, { timeout: 5_000 }).toBe(503);
    expect(await health()).toMatchObject({ jobs: { status: 'down', broker: 'up' } });
    stuck.resolve();
  });
});

describe('TasqueueHealthIndicator', () => {
  async function indicator(...imports: ReturnType<typeof TasqueueModule.forRoot>[]) {
    const app = await Test.createTestingModule({ imports: [...imports, TasqueueHealthModule] })
      .setLogger(SILENT)
      .compile();
    onTestFinished(() => app.close());
    await app.init();
    return app.get(TasqueueHealthIndicator);
  }

  it('looks at the instance that it is asked about', async () => {
    const broken = overriding(new MemoryBroker(), { ping: silence });
    const health = await indicator(
      TasqueueModule.forRoot(),
      TasqueueModule.forRoot({ name: 'reports', broker: broken }),
    );

    expect(await health.isHealthy('jobs')).toMatchObject({ jobs: { status: 'up' } });
    expect(await health.isHealthy('reports', { instance: 'reports', timeout: 20 })).toMatchObject({
      reports: { status: 'down' },
    });
  });

  it.each<[object, string]>([
    [{ timout: 5 }, "did you mean 'timeout'?"],
    [{ timeout: 0 }, 'timeout: expected milliseconds, more than 0, got 0'],
    [{ maxPending: -1 }, 'maxPending: expected an integer, 0 or more, got -1'],
    [{ instance: 'mail' }, "expected the name of an instance of TasqueueModule, got 'mail'"],
    [{}, 'TasqueueModule is not imported without a name'],
  ])('refuses %o', async (options, problem) => {
    const health = await indicator(TasqueueModule.forRoot({ name: 'reports' }));
    const error = await errorOf(health.isHealthy('jobs', options));

    expect(error).toBeInstanceOf(InvalidOptionsError);
    expect(error.message).toContain(problem);
  });

  it.each(['inline', 'manual', 'live'] as const)(
    'is up in an app under test in %s mode',
    async (mode) => {
      const health = await indicator(TasqueueTestingModule.forRoot({ mode }));

      expect(await health.isHealthy('jobs')).toMatchObject({ jobs: { status: 'up' } });
    },
  );
});
