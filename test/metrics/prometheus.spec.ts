import type { INestApplication, Type } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import * as client from 'prom-client';
import { Task, TasqueueClient, TasqueueModule, UnrecoverableError } from 'nestjs-tasqueue';
import {
  TasqueueMetrics,
  TasqueueMetricsModule,
  type TasqueueMetricsOptions,
} from 'nestjs-tasqueue/metrics';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../nest/support/running-app.js';

class Tasks {
  @Task('fine', { queue: 'mail' }) fine() {}
  @Task('broken', { queue: 'mail' }) broken() {
    throw new UnrecoverableError('never');
  }
}

async function application(
  options: Partial<TasqueueMetricsOptions> = {},
  { adapter, name }: { adapter?: Type<FastifyAdapter>; name?: string } = {},
): Promise<INestApplication> {
  const testing = await Test.createTestingModule({
    imports: [
      TasqueueModule.forRoot(),
      ...(name === undefined ? [] : [TasqueueModule.forRoot({ name })]),
      TasqueueMetricsModule.forRoot({ client, ...options }),
    ],
    providers: [Tasks],
  }).compile();
  const app = adapter
    ? testing.createNestApplication(new adapter(), { logger: false })
    : testing.createNestApplication({ logger: false });
  onTestFinished(() => app.close());
  await app.listen(0, '127.0.0.1');
  return app;
}

const scraped = async (app: INestApplication, path = '/metrics') =>
  fetch(`${await app.getUrl()}${path}`);

/** The lines that are no comments, by what stands before the value. */
function samplesOf(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

describe('TasqueueMetricsModule', () => {
  it.each([
    ['Express', undefined],
    ['Fastify', FastifyAdapter],
  ] as const)('answers at /metrics with the text of Prometheus, on %s', async (_, adapter) => {
    const app = await application({}, adapter ? { adapter } : {});
    const tasqueue = app.get(TasqueueClient);
    await tasqueue.enqueue('fine');
    await tasqueue.enqueue('broken');
    await tasqueue.enqueue('fine', undefined, { delay: 1e6 });
    const samples = await eventually(async () => {
      const answer = await scraped(app);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
      const found = samplesOf(await answer.text());
      expect(found.get('tasqueue_jobs_failed_total{queue="mail",task="broken"}')).toBe(1);
      expect(
        found.get(
          'tasqueue_job_duration_seconds_count{queue="mail",task="fine",outcome="successful"}',
        ),
      ).toBe(1);
      return found;
    });
    const expected = {
      'tasqueue_jobs_enqueued_total{queue="mail",task="fine"}': 2,
      'tasqueue_jobs_processed_total{queue="mail",task="broken",outcome="failed"}': 1,
      'tasqueue_job_wait_seconds_count{queue="mail",task="fine"}': 1,
      'tasqueue_queue_depth{queue="mail",state="scheduled"}': 1,
      'tasqueue_queue_depth{queue="mail",state="queued"}': 0,
      'tasqueue_queue_oldest_age_seconds{queue="mail"}': 0,
      'tasqueue_worker_slots_busy{queue="mail"}': 0,
      tasqueue_worker_handlers_abandoned: 0,
    };
    for (const [sample, value] of Object.entries(expected))
      expect([sample, samples.get(sample)]).toEqual([sample, value]);
  });

  it('answers where it is told to, or nowhere, and gives the text to a controller of yours', async () => {
    const elsewhere = await application({ path: 'internal/prometheus' });
    expect((await scraped(elsewhere, '/internal/prometheus')).status).toBe(200);
    expect((await scraped(elsewhere)).status).toBe(404);
    const nowhere = await application({ path: false });
    expect((await scraped(nowhere)).status).toBe(404);
    const metrics = nowhere.get(TasqueueMetrics);
    expect(await metrics.text()).toContain('tasqueue_jobs_enqueued_total');
    expect(metrics.contentType).toContain('text/plain');
  });

  it('shows its metrics among the application’s own, and takes them out when it closes', async () => {
    const registry = new client.Registry();
    new client.Counter({ name: 'own_total', help: 'mine', registers: [registry] }).inc();
    for (const _ of ['first life', 'second life']) {
      const app = await application({ registry });
      const text = await (await scraped(app)).text();
      expect(text).toContain('own_total 1');
      expect(text).toContain('tasqueue_worker_handlers_abandoned 0');
      await app.close();
    }
    expect(await registry.metrics()).not.toContain('tasqueue');
  });

  it('looks at the queues that it is told', async () => {
    const app = await application({ queues: ['other'] });
    await app.get(TasqueueClient).enqueue('fine', undefined, { delay: 1e6 });
    const text = await (await scraped(app)).text();
    expect(text).toContain('tasqueue_queue_depth{queue="other",state="queued"} 0');
    expect(text).not.toContain('tasqueue_queue_depth{queue="mail"');
  });

  it('forgets a queue that is there no more', async () => {
    const app = await application();
    const tasqueue = app.get(TasqueueClient);
    const { id } = await tasqueue.enqueue('fine', undefined, { queue: 'other', delay: 1e6 });
    expect(await (await scraped(app)).text()).toContain('queue="other",state');
    await tasqueue.deleteJob(id);
    expect(await (await scraped(app)).text()).not.toContain('queue="other",state');
  });

  it('tells named instances apart', async () => {
    const app = await application({}, { name: 'reports' });
    const samples = samplesOf(await (await scraped(app)).text());
    expect(samples.get('tasqueue_worker_handlers_abandoned{instance="reports"}')).toBe(0);
    expect(samples.get('tasqueue_worker_handlers_abandoned')).toBe(0);
  });

  it('refuses wrong options, all at once', () => {
    const wrong = { paths: '/x', queues: 'mail', client: {} };
    expect(() =>
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- wrong on purpose
      TasqueueMetricsModule.forRoot(wrong as unknown as TasqueueMetricsOptions),
    ).toThrow(/paths: .*did you mean 'path'[\s\S]*client: expected a Prometheus library/);
  });
});
