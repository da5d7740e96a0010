import {
  type CanActivate,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  Scope,
  type CallHandler,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { map } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  defineTask,
  EncodingError,
  type JobContext,
  OnFailed,
  Payload,
  type PayloadOf,
  PayloadValidationError,
  RetryLaterError,
  Task,
  TasqueueClient,
  UnknownTaskError,
} from '../../lib/index.js';
import { type TestedApp, testedApp } from './support/tested-app.js';

const Birthday = defineTask('birthday', {
  payload: z.object({ born: z.coerce.date() }),
  result: z.number().int(),
});
const Context = defineTask<unknown>('context').returns<unknown>();

class Declined extends Error {}

@Injectable()
class KnownOnly implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return context.getArgByIndex<string>(0) !== 'stranger';
  }
}

@Injectable()
class Exclaims implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler) {
    return next.handle().pipe(map((answer) => `${answer}!`));
  }
}

@Injectable()
class Tasks {
  readonly failures: unknown[] = [];

  constructor(private readonly client: TasqueueClient) {}

  @Task(Birthday) birthday({ born }: PayloadOf<typeof Birthday>) {
    return born.getUTCFullYear() + (born.getUTCMonth() === 1 ? 0.5 : 0);
  }

  @Task(Context, { queue: 'own', maxRetries: 2 }) context(payload: unknown, ctx: JobContext) {
    const { id, task, queue, attempt, headers, maxRetries, timeout, enqueuedAt } = ctx;
    const { prevJobResult } = ctx as JobContext<unknown, unknown>;
    const job = { id, task, queue, attempt, headers, maxRetries, timeout, enqueuedAt };
    return { payload, prevJobResult, ...job };
  }

  @Task('greet') @UseGuards(KnownOnly) @UseInterceptors(Exclaims) greet(@Payload() name: string) {
    return `hello ${name}`;
  }

  @Task('charge', { maxRetries: 5 }) charge(how: string) {
    if (how === 'later') throw new RetryLaterError(1_000);
    // oxlint-disable-next-line typescript/only-throw-error, no-throw-literal -- what handlers may do
    if (how === 'rudely') throw 'no';
    throw new Declined('card declined');
  }

  @OnFailed('charge') failed(_: JobContext, error: Error) {
    this.failures.push(error);
  }

  @Task('notes') async notes(_: void, ctx: JobContext) {
    await ctx.save('saved');
    await ctx.progress(0.5);
    ctx.log('half way');
    if (ctx.lastProgress !== 0.5 || ctx.logs[0] !== 'half way') throw new Error('nothing noted');
  }

  @Task('enqueues') async enqueues() {
    const { id } = await this.client.enqueue('notes', undefined, { id: 'enqueued-by-a-run' });
    return id;
  }

  @Task('function') function() {
    return { of: () => 1 };
  }
}

@Injectable({ scope: Scope.REQUEST })
class ScopedTasks {
  #calls = 0;

  @Task('scoped') scoped() {
    return ++this.#calls;
  }
}

const app = (): Promise<TestedApp> => testedApp({ mode: 'manual' }, [Tasks, ScopedTasks]);

describe('run()', () => {
  it('sends payload and result through codec and schemas', async () => {
    const { tester } = await app();

    await expect(tester.run(Birthday, { born: '1984-06-01' })).resolves.toBe(1984);
    await expect(tester.run(Birthday, { born: 'never' })).rejects.toThrow(PayloadValidationError);
    await expect(tester.run(Birthday, { born: '1984-02-01' })).rejects.toThrow(
      PayloadValidationError,
    );
    await expect(tester.run(Context, { a: 1n })).rejects.toThrow(EncodingError);
    await expect(tester.run('function')).rejects.toThrow(EncodingError);
  });

  it('gives the handler a context of a first attempt', async () => {
    const { tester } = await app();
    const options = { id: 'mine', headers: { trace: 't1' }, timeout: 50, prevJobResult: [1, 2] };

    await expect(tester.run(Context, { at: new Date(0) }, options)).resolves.toEqual({
      payload: { at: '1970-01-01T00:00:00.000Z' },
      id: 'mine',
      task: 'context',
      queue: 'own',
      attempt: 1,
      headers: { trace: 't1' },
      maxRetries: 2,
      timeout: 50,
      prevJobResult: [1, 2],
      enqueuedAt: new Date(tester.clock.now()).toJSON(),
    });
  });

  it('surrounds the handler with its enhancers', async () => {
    const { tester } = await app();

    await expect(tester.run('greet', 'Ada')).resolves.toBe('hello Ada!');
    await expect(tester.run('greet', 'stranger')).rejects.toThrow('refused by KnownOnly');
  });

  it('makes a new instance of a scoped provider for each run', async () => {
    const { tester } = await app();

    await expect(tester.run('scoped')).resolves.toBe(1);
    await expect(tester.run('scoped')).resolves.toBe(1);
  });

  it('rejects with the very error of the handler, and retries nothing', async () => {
    const { app: module, tester } = await app();

    await expect(tester.run('charge', 'now')).rejects.toThrow(Declined);
    await expect(tester.run('charge', 'later')).rejects.toThrow(RetryLaterError);
    await expect(tester.run('charge', 'rudely')).rejects.toThrow('no');
    expect(module.get(Tasks).failures).toEqual([]);
  });

  it('gives what the handler saved, where it returns nothing', async () => {
    const { tester } = await app();

    await expect(tester.run('notes')).resolves.toBe('saved');
  });

  it('enqueues and records nothing itself, but what the handler enqueues is there', async () => {
    const { admin, tester } = await app();
    await tester.run('notes');
    expect(tester.enqueued()).toEqual([]);
    await expect(admin.successful({})).resolves.toMatchObject({ items: [] });

    await expect(tester.run('enqueues')).resolves.toBe('enqueued-by-a-run');
    expect(tester.expectEnqueued('notes').id).toBe('enqueued-by-a-run');
  });

  it.each([
    { mode: 'manual', role: 'producer' },
    { mode: 'inline', autoStart: false },
    { mode: 'live', queues: ['another'] },
    { mode: 'inline' },
  ] as const)('works whether or not workers do: %o', async (options) => {
    const { client, tester } = await testedApp(options, [Tasks]);

    await expect(tester.run('greet', 'Ada')).resolves.toBe('hello Ada!');
    await client.enqueue('greet', 'Ada');
  });

  it('says so when no handler is there', async () => {
    const { tester } = await app();
    const run = tester.run('gret', 'Ada');

    await expect(run).rejects.toThrow(UnknownTaskError);
    await expect(run).rejects.toThrow("did you mean 'greet'?");
  });
});
