import 'reflect-metadata';
import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type JobContext, Task, TasqueueClient, TasqueueModule } from 'nestjs-tasqueue';
import {
  openBroker,
  openResults,
  type StoresAddress,
} from '../../support/processes/stores-address.js';

/** One process of an application that is deployed anew. */
export interface Deployment {
  readonly stores: StoresAddress;
  /** Names of its tasks, and the old names of each. */
  readonly tasks: Readonly<Record<string, readonly string[]>>;
  /** What goes before each result. */
  readonly release: string;
}

/** Asks it to enqueue: tells the ids. */
export interface Errand {
  readonly task: string;
  readonly count: number;
  readonly group?: string | undefined;
}

// oxlint-disable-next-line no-unsafe-type-assertion -- written by the test, in the same words
const { stores, tasks, release } = JSON.parse(process.env['DEPLOYMENT'] ?? '') as Deployment;

function handlerOf(name: string, aliases: readonly string[]): Type {
  class Handler {
    @Task(name, { queue: 'work', concurrency: 5, aliases: [...aliases] })
    run(payload: unknown, { task }: JobContext): string {
      return `${release} ${name} ${task} ${String(payload)}`;
    }
  }
  return Handler;
}

@Module({
  imports: [
    TasqueueModule.forRoot({
      broker: await openBroker(stores.broker),
      results: await openResults(stores.results),
      queues: ['work'],
      lease: 5_000,
    }),
  ],
  providers: Object.entries(tasks).map(([name, aliases]) => handlerOf(name, aliases)),
})
class AppModule {}

const app = await NestFactory.createApplicationContext(AppModule, { logger: ['fatal'] });
const client = app.get(TasqueueClient);

async function run({ task, count, group: id }: Errand): Promise<readonly string[]> {
  const { group, job } = await import('nestjs-tasqueue');
  const jobs = Array.from({ length: count }, (_, index) => job(task, index));
  if (id !== undefined) return [(await client.enqueueGroup(group(jobs, { id }))).id];
  return (await client.enqueueMany(jobs)).map((handle) => handle.id);
}

process.on('message', (errand: Errand | 'leave') => {
  if (errand === 'leave') void app.close().then(() => process.disconnect());
  else void run(errand).then((ids) => process.send?.({ ids }));
});
process.once('disconnect', () => process.exit());
process.send?.('working');
