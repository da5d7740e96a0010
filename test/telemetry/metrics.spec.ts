import type { Attributes } from '@opentelemetry/api';
import {
  AggregationTemporality,
  type Histogram,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  type JobContext,
  Task,
  TasqueueClient,
  TasqueueModule,
  UnrecoverableError,
} from 'nestjs-tasqueue';
import { TasqueueTelemetryModule } from 'nestjs-tasqueue/telemetry';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { COUNTERS, GAUGES, HISTOGRAMS } from '../../lib/core/metrics/catalogue.js';
import type { Tasqueue } from '../../lib/core/tasqueue.js';
import { getTasqueueInstanceToken } from '../../lib/providers/tasqueue.tokens.js';
import { eventually, started } from '../nest/support/running-app.js';

const QUEUE = 'tasqueue:tasks';

type Sample = readonly [attributes: Attributes, value: number | Histogram];

/** An SDK that is asked by hand. */
function measured() {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 1e9 });
  const meterProvider = new MeterProvider({ readers: [reader] });
  onTestFinished(() => meterProvider.shutdown());
  const collect = async () => {
    const { resourceMetrics } = await reader.collect();
    return resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics);
  };
  /** By attributes, the system left out. */
  const values = async (name: string): Promise<Sample[]> =>
    (await collect())
      .filter(({ descriptor }) => descriptor.name === name)
      .flatMap(({ dataPoints }) => [...dataPoints])
      .map(({ attributes: { 'messaging.system': system, ...rest }, value }) => {
        expect(system).toBe('tasqueue');
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing here makes exponential ones
        return [rest, value as number | Histogram];
      });
  return { meterProvider, collect, values };
}

class Tasks {
  @Task('fine') fine() {}
  @Task('flaky', { maxRetries: 1, backoff: 0 }) flaky(_: unknown, ctx: JobContext) {
    if (ctx.attempt === 1) throw new Error('not yet');
  }
  @Task('broken') broken() {
    throw new UnrecoverableError('never');
  }
}

async function measuredApp(name?: string, sdk = measured()) {
  const { meterProvider } = sdk;
  const app = await started({
    imports: [
      TasqueueModule.forRoot(),
      ...(name === undefined ? [] : [TasqueueModule.forRoot({ name })]),
      TasqueueTelemetryModule.forRoot({ meterProvider, traces: false }),
    ],
    providers: [Tasks],
  });
  return { ...sdk, app, client: app.get(TasqueueClient) };
}

const labels = (task: string, more: object = {}) => ({
  'messaging.destination.name': QUEUE,
  'tasqueue.task': task,
  ...more,
});

describe('the metrics of an app', () => {
  it('count what is enqueued, processed, failed and retried, by queue and task', async () => {
    const { client, values } = await measuredApp();
    for (const task of ['fine', 'fine', 'flaky', 'broken']) await client.enqueue(task);
    await eventually(async () => expect(await values('tasqueue.jobs.processed')).toHaveLength(4));
    await eventually(async () =>
      expect(await values('tasqueue.jobs.processed')).toEqual(
        expect.arrayContaining([
          [labels('fine', { 'tasqueue.outcome': 'successful' }), 2],
          [labels('flaky', { 'tasqueue.outcome': 'retrying' }), 1],
          [labels('flaky', { 'tasqueue.outcome': 'successful' }), 1],
          [labels('broken', { 'tasqueue.outcome': 'failed' }), 1],
        ]),
      ),
    );
    expect(await values('tasqueue.jobs.enqueued')).toEqual([
      [labels('fine'), 2],
      [labels('flaky'), 1],
      [labels('broken'), 1],
    ]);
    expect(await values('tasqueue.jobs.failed')).toEqual([[labels('broken'), 1]]);
    expect(await values('tasqueue.jobs.retried')).toEqual([[labels('flaky'), 1]]);
  });

  it('tell how long jobs waited and ran, in seconds', async () => {
    const { client, values } = await measuredApp();
    const { id } = await client.enqueue('fine');
    await (await client.enqueue('fine', undefined, { id })).result();
    for (const name of ['tasqueue.job.wait', 'tasqueue.job.duration']) {
      const [sample] = await eventually(async () => {
        const found = await values(name);
        expect(found).toHaveLength(1);
        return found;
      });
      expect(sample?.[1]).toMatchObject({ count: 1, sum: expect.any(Number) });
      expect(sample?.[1]).toHaveProperty('buckets.boundaries.0', 0.005);
      expect(sample?.[1]).toHaveProperty('buckets.counts.14', 0);
    }
  });

  it('do not count as processed what was never started', async () => {
    const { client, values } = await measuredApp();
    await client.enqueue('fine', undefined, { expiresAt: new Date(0) });
    await eventually(async () =>
      expect(await values('tasqueue.jobs.failed')).toEqual([[labels('fine'), 1]]),
    );
    expect(await values('tasqueue.jobs.processed')).toEqual([]);
  });

  it('show depth, oldest age and slots when they are collected', async () => {
    const { client, values } = await measuredApp();
    await client.enqueue('fine', undefined, { delay: 1e6 });
    const queue = { 'messaging.destination.name': QUEUE };
    const depth = await values('tasqueue.queue.depth');
    expect(depth.map(([attributes, value]) => [attributes['tasqueue.state'], value])).toEqual([
      ['queued', 0],
      ['scheduled', 1],
      ['retrying', 0],
      ['processing', 0],
    ]);
    expect(await values('tasqueue.queue.oldest_age')).toEqual([[queue, 0]]);
    expect(await values('tasqueue.worker.slots.busy')).toEqual([[queue, 0]]);
    const [limit] = await values('tasqueue.worker.slots.limit');
    expect(limit?.[1]).toBeGreaterThan(0);
  });

  it('are those of the catalogue, with their units', async () => {
    const { app, client, collect } = await measuredApp();
    await client.enqueue('flaky');
    await client.enqueue('broken');
    const { troubles } = app.get<Tasqueue>(getTasqueueInstanceToken());
    troubles.reporter('broker', 'the broker')({ doing: 'moving', error: new Error('stuck') });
    const names = new Set(
      Object.values({ ...COUNTERS, ...HISTOGRAMS, ...GAUGES }).map(({ name, unit, help }) =>
        [name, unit, help].join(),
      ),
    );
    await eventually(async () => {
      const found = (await collect()).map(({ descriptor: { name, unit, description } }) =>
        [name, unit, description].join(),
      );
      expect(new Set(found)).toEqual(names);
    });
  });

  it('tell named instances apart', async () => {
    const { values } = await measuredApp('reports');
    const abandoned = await values('tasqueue.worker.handlers.abandoned');
    expect(abandoned).toHaveLength(2);
    expect(abandoned).toEqual(
      expect.arrayContaining([
        [{}, 0],
        [{ 'tasqueue.instance': 'reports' }, 0],
      ]),
    );
  });

  it('are not read any more once the app has closed', async () => {
    const sdk = measured();
    const meter = sdk.meterProvider.getMeter('nestjs-tasqueue');
    const added = vi.spyOn(meter, 'addBatchObservableCallback');
    const removed = vi.spyOn(meter, 'removeBatchObservableCallback');
    const { app } = await measuredApp('reports', sdk);
    await app.close();
    expect(added).toHaveBeenCalledTimes(2);
    expect(removed.mock.calls).toEqual(added.mock.calls);
  });
});
