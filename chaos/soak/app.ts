import 'reflect-metadata';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  JobContext,
  MemoryBroker,
  MemoryResults,
  Task,
  TasqueueAdmin,
  TasqueueClient,
  TasqueueModule,
  TasqueueRunner,
} from 'nestjs-tasqueue';
import { openBroker, openResults } from '../../test/support/processes/stores-address.js';
import { footprintOf } from './footprint.js';
import { Load } from './load.js';
import type { Answer, Part, Question } from './protocol.js';

/** One process of the application that is soaked: a caller, a worker, or both. */

const LEASE_MS = 5_000;
/** The shortest that records stay is ten minutes, whatever is asked for. */
const RETENTION = { age: 60_000 };
let attempts = 0;

@Injectable()
class Tasks {
  @Task('work', { queue: 'work', concurrency: 10, maxRetries: 2, backoff: 200 })
  async work({ takesMs, failures }: { takesMs: number; failures: number }, ctx: JobContext) {
    attempts += 1;
    await new Promise((resolve) => void setTimeout(resolve, takesMs));
    if (ctx.retried < failures) throw new Error(`failure ${ctx.retried + 1} of ${failures}`);
    return { done: ctx.id };
  }

  @Task('tick', { queue: 'ticks', concurrency: 1 })
  tick(): void {
    attempts += 1;
  }
}

// oxlint-disable-next-line no-unsafe-type-assertion -- written by the crew, in the same words
const part = JSON.parse(process.env['SOAK_PART'] ?? '') as Part;
const { stores } = part;

@Module({
  imports: [
    TasqueueModule.forRoot({
      broker: stores ? await openBroker(stores.broker) : new MemoryBroker(),
      results: stores ? await openResults(stores.results) : new MemoryResults(),
      role: part.works ? 'both' : 'producer',
      lease: LEASE_MS,
      maxCrashes: 100,
      events: 'all',
      retention: { successful: RETENTION, failed: RETENTION, cancelled: RETENTION },
    }),
  ],
  providers: [Tasks],
})
class SoakModule {}

// Jobs fail here, and are logged as failures, as they should.
const app = await NestFactory.createApplicationContext(SoakModule, { logger: ['fatal'] });
app.enableShutdownHooks();
const admin = app.get(TasqueueAdmin);
const load = new Load(app.get(TasqueueClient), part.rate);

async function answer(question: Question): Promise<Answer> {
  if (question === 'sample') {
    const footprint = await footprintOf(admin, { attempts, enqueued: load.enqueued });
    return { to: question, footprint };
  }
  if (question === 'turn') {
    await app.get(TasqueueRunner).stop();
    await app.get(TasqueueRunner).start();
    return { to: question };
  }
  await load.stop();
  if (question === 'rest') await app.close();
  return { to: question };
}

process.on('message', (question: Question) => {
  void answer(question).then((told) => {
    process.send?.(told);
    if (question === 'rest') process.disconnect();
  });
});
// Nobody is left to work for.
process.once('disconnect', () => process.exit());
await load.start();
process.send?.({ to: 'ready' } satisfies Answer);
