import { type INestApplicationContext, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  JobContext,
  RetryLaterError,
  Task,
  TasqueueAdmin,
  TasqueueClient,
  TasqueueModule,
  type TasqueueOptions,
  UnrecoverableError,
} from 'nestjs-tasqueue';
import { onTestFinished } from 'vitest';
import { Witness } from './witness.js';
import type { StoresWorld } from './stores-world.js';

export const QUEUE = 'work';

/** Handlers of every kind of behaviour; all of them are seen by the witness. */
@Injectable()
class Tasks {
  constructor(private readonly witness: Witness) {}

  @Task('give', { queue: QUEUE })
  give(payload: unknown): unknown {
    this.witness.see('give', payload);
    return payload;
  }

  @Task('sum', { queue: QUEUE })
  sum(payload: unknown, { prevJobResult }: JobContext<unknown, readonly number[]>): number {
    this.witness.see('sum', payload);
    return prevJobResult.reduce((sum, value) => sum + value, 0);
  }

  @Task('add', { queue: QUEUE })
  add(payload: number, { prevJobResult = 0 }: JobContext<number, number | undefined>): number {
    this.witness.see('add', payload);
    return prevJobResult + payload;
  }

  @Task('fail', { queue: QUEUE })
  fail(payload: string): never {
    this.witness.see('fail', payload);
    throw new UnrecoverableError(payload);
  }

  @Task('stumble', { queue: QUEUE, backoff: 20 })
  stumble(times: number, { attempt }: JobContext): number {
    this.witness.see('stumble', attempt);
    if (attempt <= times) throw new Error(`stumbled ${attempt}`);
    return attempt;
  }

  @Task('later', { queue: QUEUE })
  later(delayMs: number, { attempt }: JobContext): string {
    this.witness.see('later', attempt);
    if (attempt === 1) throw new RetryLaterError(delayMs);
    return 'now';
  }

  @Task('talk', { queue: QUEUE })
  async talk(payload: string, ctx: JobContext): Promise<void> {
    ctx.log(`about ${payload}`);
    await ctx.progress({ done: 1 });
    await ctx.save({ kept: payload });
  }

  /** Runs until it is told to end, from outside or by its signal. */
  @Task('hold', { queue: QUEUE })
  async hold(payload: string, { signal }: JobContext): Promise<string> {
    this.witness.see('hold', payload);
    await this.witness.release(payload, signal);
    return payload;
  }
}

/** One process of an application on these stores. */
export interface TestApp {
  readonly client: TasqueueClient;
  readonly admin: TasqueueAdmin;
  close(): Promise<void>;
}

export async function openApp(
  world: StoresWorld,
  witness: Witness,
  options: TasqueueOptions = {},
): Promise<TestApp> {
  @Module({
    imports: [
      TasqueueModule.forRoot({
        broker: world.broker(),
        results: world.results(),
        queues: { [QUEUE]: { concurrency: 20 } },
        unknownTasks: 'refuse',
        ...options,
      }),
    ],
    providers: [Tasks, { provide: Witness, useValue: witness }],
  })
  class AppModule {}
  const app: INestApplicationContext = await NestFactory.createApplicationContext(AppModule, {
    logger: false,
    abortOnError: false,
  });
  onTestFinished(() => app.close());
  return {
    client: app.get(TasqueueClient),
    admin: app.get(TasqueueAdmin),
    close: () => app.close(),
  };
}
