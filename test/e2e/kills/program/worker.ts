import 'reflect-metadata';
import { appendFileSync } from 'node:fs';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { JobContext, Task, TasqueueModule } from 'nestjs-tasqueue';
import { type Doom, doomed } from '../../../support/processes/doom.js';
import {
  openBroker,
  openResults,
  type StoresAddress,
} from '../../../support/processes/stores-address.js';

/** What the test tells this process. */
export interface WorkerOrders {
  readonly stores: StoresAddress;
  readonly leaseMs: number;
  readonly concurrency: number;
  /** Each start of a handler is a line here, as `Run`. */
  readonly logFile: string;
  readonly doom?: Doom | undefined;
}

export interface Run {
  readonly pid: number;
  readonly id: string;
  readonly attempt: number;
}

const LONG_MS = 600_000;

// oxlint-disable-next-line no-unsafe-type-assertion -- written by the test, in the same words
const orders = JSON.parse(process.env['WORKER_ORDERS'] ?? '') as WorkerOrders;

@Injectable()
class Tasks {
  /** Works for so long without holding anybody up; answers with who did it. */
  @Task('work', { queue: 'work' })
  async work(ms: number, { id, attempt }: JobContext): Promise<number> {
    tell({ pid: process.pid, id, attempt });
    await new Promise((resolve) => void setTimeout(resolve, ms));
    return process.pid;
  }

  /** Holds the event loop up for so long on the first attempt. */
  @Task('block', { queue: 'work' })
  block(ms: number, { id, attempt }: JobContext): number {
    tell({ pid: process.pid, id, attempt });
    const until = Date.now() + (attempt === 1 ? ms : 0);
    while (Date.now() < until);
    return process.pid;
  }

  /** Ends on the second attempt alone. */
  @Task('hang', { queue: 'work' })
  async hang(_: unknown, { id, attempt }: JobContext): Promise<number> {
    tell({ pid: process.pid, id, attempt });
    if (attempt === 1) await new Promise((resolve) => void setTimeout(resolve, LONG_MS));
    return process.pid;
  }
}

function tell(run: Run): void {
  appendFileSync(orders.logFile, `${JSON.stringify(run)}\n`);
}

const { stores, leaseMs, concurrency, doom } = orders;
const [broker, results] = [await openBroker(stores.broker), await openResults(stores.results)];

@Module({
  imports: [
    TasqueueModule.forRoot({
      broker: doom?.store === 'broker' ? doomed(broker, doom) : broker,
      results: doom?.store === 'results' ? doomed(results, doom) : results,
      queues: { work: { concurrency } },
      lease: leaseMs,
      // Deaths are what is tried here, not who is to blame for them.
      maxCrashes: 1_000,
      shutdownTimeout: 1_000,
    }),
  ],
  providers: [Tasks],
})
class WorkerModule {}

const app = await NestFactory.createApplicationContext(WorkerModule, {
  logger: ['error', 'fatal'],
});
app.enableShutdownHooks();
console.log('working');
