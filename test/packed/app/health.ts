import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TasqueueClient, TasqueueModule } from 'nestjs-tasqueue';
import { TasqueueHealthIndicator, TasqueueHealthModule } from 'nestjs-tasqueue/health';

@Module({
  imports: [TasqueueModule.forRoot({ role: 'producer' }), TasqueueHealthModule],
})
class AppModule {}

async function main(): Promise<void> {
  const app = await NestFactory.createApplicationContext(AppModule, { logger: ['error', 'warn'] });
  const health = app.get(TasqueueHealthIndicator);
  const { jobs } = await health.isHealthy('jobs');
  await app.get(TasqueueClient).enqueue('waits');
  const { backlog } = await health.isHealthy('backlog', { maxPending: 0 });
  console.log(jobs.status, backlog.status, backlog['message']);
  await app.close();
}

void main();
