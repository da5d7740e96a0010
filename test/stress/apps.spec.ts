import { Controller, Injectable, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { Test, type TestingModule } from '@nestjs/testing';
import * as prometheus from 'prom-client';
import { describe, expect, it } from 'vitest';
import { TasqueueHealthIndicator, TasqueueHealthModule } from '../../lib/health/index.js';
import {
  TasqueueError,
  Task,
  TasqueueClient,
  TasqueueModule,
  TasqueueRunner,
} from '../../lib/index.js';
import { TasqueueMetricsModule } from '../../lib/metrics/index.js';
import { TasqueueTelemetryModule } from '../../lib/telemetry/index.js';
import { TasqueueTestingModule } from '../../lib/testing/index.js';
import { SILENT } from '../nest/support/running-app.js';
import { belongings, expectNothingLeft, inTime, numbers, ROUNDS, storm } from './support/storm.js';

const LONG_MS = 120_000;

@Injectable()
class Tasks {
  @Task('give', { schedule: '0 0 1 1 *' })
  give(payload: unknown): unknown {
    return payload;
  }
}

@Controller()
class HealthController {
  constructor(readonly health: TasqueueHealthIndicator) {}
}

@Module({
  imports: [TerminusModule, TasqueueHealthModule],
  controllers: [HealthController],
})
class HealthModule {}

const nobody = async (): Promise<number> => 0;

async function everything(): Promise<TestingModule> {
  const metrics = { client: prometheus, registry: new prometheus.Registry() };
  return Test.createTestingModule({
    imports: [
      // Who starts workers before the application waits for it no longer than this.
      TasqueueModule.forRoot({ events: 'all', enqueueTimeout: 200 }),
      HealthModule,
      TasqueueMetricsModule.forRoot(metrics),
      TasqueueTelemetryModule.forRoot(),
    ],
    providers: [Tasks],
  })
    .setLogger(SILENT)
    .compile();
}

describe('ten calls at once, fifty times', () => {
  it(
    'init and close an application with health, metrics and telemetry',
    async () => {
      const before = belongings();
      const random = numbers(1);
      for (let round = 0; round < ROUNDS; round += 1) {
        const app = await everything();
        const runner = app.get(TasqueueRunner);
        const health = app.get(TasqueueHealthIndicator);
        const calls = [
          () => app.init(),
          () => app.close(),
          () => runner.start(),
          () => runner.stop(),
          () => health.isHealthy('tasqueue', { timeout: 100 }),
        ];
        await storm(calls, random);
        await inTime(app.close());
        expect(runner.status.running).toBe(false);
      }
      await expectNothingLeft(before, nobody);
    },
    LONG_MS,
  );

  it.each(['inline', 'manual', 'live'] as const)(
    'init and close the tester: %s',
    async (mode) => {
      const before = belongings();
      const random = numbers(2);
      for (let round = 0; round < ROUNDS; round += 1) {
        const app = await Test.createTestingModule({
          imports: [TasqueueTestingModule.forRoot({ mode })],
          providers: [Tasks],
        })
          .setLogger(SILENT)
          .compile();
        const client = app.get(TasqueueClient);
        const calls = [() => app.init(), () => app.close(), () => client.enqueue('give', 1)];
        await storm(calls, random);
        await inTime(app.close());
        await expect(client.enqueue('give', 1)).rejects.toThrow(TasqueueError);
      }
      await expectNothingLeft(before, nobody);
    },
    LONG_MS,
  );
});
