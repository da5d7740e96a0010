import 'reflect-metadata';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Task, TasqueueClient, TasqueueModule } from 'nestjs-tasqueue';
import { TasqueueMetrics, TasqueueMetricsModule } from 'nestjs-tasqueue/metrics';
import { TasqueueTelemetryModule } from 'nestjs-tasqueue/telemetry';
import * as client from 'prom-client';

@Injectable()
class Tasks {
  @Task('work')
  work(): number {
    return 1;
  }
}

@Module({
  imports: [
    TasqueueModule.forRoot(),
    TasqueueTelemetryModule.forRoot(),
    TasqueueMetricsModule.forRoot({ client, path: false }),
  ],
  providers: [Tasks],
})
class AppModule {}

async function main(): Promise<void> {
  const app = await NestFactory.createApplicationContext(AppModule, { logger: ['error', 'warn'] });
  const handle = await app.get(TasqueueClient).enqueue('work');
  await handle.result();
  const text = await app.get(TasqueueMetrics).text();
  console.log(text.split('\n').find((line) => line.startsWith('tasqueue_jobs_enqueued_total')));
  await app.close();
}

void main();
