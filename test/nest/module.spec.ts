import { Inject, Injectable, Module, type OnModuleInit } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { describe, expect, it } from 'vitest';
import {
  ClosedError,
  defineTask,
  DuplicateTaskError,
  getTasqueueToken,
  InjectTasqueue,
  InjectTasqueueAdmin,
  InjectTasqueueEvents,
  InjectTasqueueRunner,
  InvalidOptionsError,
  InvalidStateError,
  MemoryBroker,
  MemoryResults,
  type PayloadOf,
  QueueConcurrencyConflictError,
  Task,
  TasqueueAdmin,
  TasqueueClient,
  TasqueueEvents,
  TasqueueModule,
  type TasqueueOptions,
  type TasqueueOptionsFactory,
  TasqueueRunner,
  UnknownTaskError,
} from '../../lib/index.js';
import { errorOf } from './support/error-of.js';
import { eventually, resultOf, runningApp, started } from './support/running-app.js';

const Add = defineTask<{ a: number; b: number }, number>('add', { queue: 'math', concurrency: 2 });

@Injectable()
class MathTasks {
  @Task(Add) add({ a, b }: PayloadOf<typeof Add>) {
    return a + b;
  }
}

describe('TasqueueModule.forRoot()', () => {
  it('runs jobs of typed tasks and gives client, admin, runner and events to every module', async () => {
    @Injectable()
    class Service {
      constructor(
        readonly client: TasqueueClient,
        readonly admin: TasqueueAdmin,
        readonly runner: TasqueueRunner,
        readonly events: TasqueueEvents,
        @InjectTasqueue() readonly sameClient: TasqueueClient,
        @InjectTasqueueAdmin() readonly sameAdmin: TasqueueAdmin,
        @InjectTasqueueRunner() readonly sameRunner: TasqueueRunner,
        @InjectTasqueueEvents() readonly sameEvents: TasqueueEvents,
      ) {}
    }
    @Module({ providers: [Service, MathTasks] })
    class Feature {}
    const app = await runningApp({ imports: [Feature] });
    const service = app.get(Service, { strict: false });
    const handle = await service.client.enqueue(Add, { a: 2, b: 3 });
    await expect(handle.result({ timeout: 5_000 })).resolves.toBe(5);
    await expect(service.admin.queues()).resolves.toContain('math');
    expect(service.runner.status.slots).toEqual({
      math: { busy: 0, concurrency: 2, paused: false },
    });
    expect(service.sameClient).toBe(service.client);
    expect(service.sameAdmin).toBe(service.admin);
    expect(service.sameRunner).toBe(service.runner);
    expect(service.sameEvents).toBe(service.events);
  });

  it('refuses wrong options, all at once', async () => {
    const wrong = { lease: -1, quues: ['a'] } as TasqueueOptions;
    const error = await errorOf(runningApp({}, wrong));
    expect(error).toBeInstanceOf(InvalidOptionsError);
    expect(error).toMatchObject({ problems: [expect.any(String), expect.any(String)] });
  });

  it.each([undefined, 'reports'])('is refused twice under one name (%s)', async (name) => {
    const twice = { imports: [TasqueueModule.forRoot({ name }), TasqueueModule.forRoot({ name })] };
    const app = await Test.createTestingModule(twice).compile();
    await expect(app.init()).rejects.toThrow(/TasqueueModule: imported twice .* name/);
    await app.close();
  });

  it('may be one dynamic module that several modules import', async () => {
    const tasqueue = TasqueueModule.forRoot();
    @Module({ imports: [tasqueue] })
    class Feature {}
    const app = await started({ imports: [Feature, tasqueue], providers: [MathTasks] });
    await expect(resultOf(app, 'add', { a: 1, b: 1 })).resolves.toBe(2);
  });

  it('stops the bootstrap for a second handler of a task, naming both', async () => {
    @Injectable()
    class Rival {
      @Task('add') plus() {}
    }
    const error = await errorOf(runningApp({ providers: [MathTasks, Rival] }));
    expect(error).toBeInstanceOf(DuplicateTaskError);
    expect(error.message).toMatch(/MathTasks\.add.*Rival\.plus/);
  });

  it('stops the bootstrap for two instances of one handler class', async () => {
    const error = await errorOf(
      runningApp({
        providers: [MathTasks, { provide: 'AGAIN', useClass: MathTasks }],
      }),
    );
    expect(error).toBeInstanceOf(DuplicateTaskError);
    expect(error.message).toMatch(/MathTasks\.add.*MathTasks\.add/);
  });

  it('stops the bootstrap for two concurrencies of one queue, naming both', async () => {
    @Injectable()
    class Rival {
      @Task('subtract', { queue: 'math', concurrency: 3 }) subtract() {}
    }
    const error = await errorOf(runningApp({ providers: [MathTasks, Rival] }));
    expect(error).toBeInstanceOf(QueueConcurrencyConflictError);
    expect(error.message).toMatch(/MathTasks\.add.*Rival\.subtract/);
  });
});

describe('TasqueueModule.forRootAsync()', () => {
  @Injectable()
  class Config implements TasqueueOptionsFactory {
    readonly queues = { math: { concurrency: 7 } };
    async createTasqueueOptions() {
      return { queues: this.queues };
    }
  }
  @Module({ providers: [Config], exports: [Config] })
  class ConfigModule {}

  it.each([
    [
      'useFactory',
      TasqueueModule.forRootAsync({
        imports: [ConfigModule],
        inject: [Config],
        useFactory: ({ queues }: Config) => ({ queues }),
      }),
    ],
    ['useClass', TasqueueModule.forRootAsync({ useClass: Config })],
    ['useExisting', TasqueueModule.forRootAsync({ imports: [ConfigModule], useExisting: Config })],
  ])('takes its options from %s', async (_, tasqueue) => {
    const app = await started({ imports: [tasqueue], providers: [MathTasks] });
    expect(app.get(TasqueueRunner).status.slots['math']?.concurrency).toBe(7);
    await expect(resultOf(app, 'add', { a: 1, b: 2 })).resolves.toBe(3);
  });

  it('wants one of them', () => {
    expect(() => TasqueueModule.forRootAsync({})).toThrow(
      'expected one of useFactory, useClass and useExisting, got 0',
    );
    expect(() => TasqueueModule.forRootAsync({ useClass: Config, useExisting: Config })).toThrow(
      'got 2',
    );
  });

  it('wants the name beside the factory', async () => {
    const late = TasqueueModule.forRootAsync({ useFactory: () => ({ name: 'reports' }) });
    const compiled = Test.createTestingModule({ imports: [late] }).compile();
    await expect(compiled).rejects.toThrow(
      "expected beside the factory, not in the options that it makes, got 'reports'",
    );
  });
});

describe('named instances', () => {
  @Injectable()
  class Split {
    constructor(
      readonly here: TasqueueClient,
      @InjectTasqueue('reports') readonly there: TasqueueClient,
      @InjectTasqueueAdmin('reports') readonly admin: TasqueueAdmin,
      @InjectTasqueueRunner('reports') readonly runner: TasqueueRunner,
      @InjectTasqueueEvents('reports') readonly events: TasqueueEvents,
    ) {}
    @Task('where') where_() {
      return 'here';
    }
    @Task('where', { instance: 'reports', queue: 'reports' }) elsewhere() {
      return 'there';
    }
  }

  it('live side by side, each with its tasks, stores and providers', async () => {
    const app = await started({
      imports: [
        TasqueueModule.forRoot(),
        TasqueueModule.forRootAsync({ name: 'reports', useFactory: () => ({}) }),
      ],
      providers: [Split],
    });
    const split = app.get(Split);
    expect(app.get(getTasqueueToken('reports'))).toBe(split.there);
    const here = await split.here.enqueue('where');
    const there = await split.there.enqueue('where');
    await expect(here.result({ timeout: 5_000 })).resolves.toBe('here');
    await expect(there.result({ timeout: 5_000 })).resolves.toBe('there');
    await expect(split.admin.queues()).resolves.toEqual(['reports']);
    expect(Object.keys(split.runner.status.slots)).toEqual(['reports']);
    await expect(split.here.getJob(there.id)).rejects.toThrow(there.id);
  });

  it('need no instance without a name', async () => {
    class Only {
      @Task('only', { instance: 'reports' }) only() {
        return 'done';
      }
    }
    const app = await started({
      imports: [TasqueueModule.forRoot({ name: 'reports' })],
      providers: [Only],
    });
    const client = app.get<TasqueueClient>(getTasqueueToken('reports'));
    await expect((await client.enqueue('only')).result({ timeout: 5_000 })).resolves.toBe('done');
  });
});

describe('roles', () => {
  it('a producer enqueues what it cannot run, and a worker on the same stores runs it', async () => {
    const stores = { broker: new MemoryBroker(), results: new MemoryResults() };
    @Injectable()
    class Producer {
      @Task(Add) add(): number {
        throw new Error('a producer runs nothing');
      }
    }
    const producer = await runningApp({ providers: [Producer] }, { ...stores, role: 'producer' });
    expect(producer.get(TasqueueRunner).status.running).toBe(false);
    const handle = await producer.get(TasqueueClient).enqueue(Add, { a: 20, b: 22 });
    await runningApp({ providers: [MathTasks] }, { ...stores, role: 'worker' });
    await expect(handle.result({ timeout: 5_000 })).resolves.toBe(42);
    await expect(producer.get(TasqueueRunner).start()).rejects.toThrow(InvalidStateError);
  });

  it('a process that knows its tasks refuses unknown ones', async () => {
    const app = await runningApp({ providers: [MathTasks] });
    await expect(app.get(TasqueueClient).enqueue('ad', {})).rejects.toThrow(UnknownTaskError);
  });

  it('autoStart: false leaves the start to TasqueueRunner', async () => {
    const app = await runningApp({ providers: [MathTasks] }, { autoStart: false });
    const runner = app.get(TasqueueRunner);
    expect(runner.status.running).toBe(false);
    const handle = await app.get(TasqueueClient).enqueue(Add, { a: 1, b: 2 });
    await expect(handle.get()).resolves.toMatchObject({ status: 'queued' });
    await runner.start();
    await expect(handle.result({ timeout: 5_000 })).resolves.toBe(3);
  });

  it('queues restricts what a process works on', async () => {
    class Two {
      @Task('fast', { queue: 'fast' }) fast() {
        return 'fast';
      }
      @Task('slow', { queue: 'slow' }) slow() {
        return 'slow';
      }
    }
    const app = await runningApp({ providers: [Two] }, { queues: { fast: { concurrency: 3 } } });
    expect(app.get(TasqueueRunner).status.slots).toEqual({
      fast: { busy: 0, concurrency: 3, paused: false },
    });
    const slow = await app.get(TasqueueClient).enqueue('slow');
    await expect(resultOf(app, 'fast')).resolves.toBe('fast');
    await expect(slow.get()).resolves.toMatchObject({ status: 'queued' });
  });
});

it('enqueues from onModuleInit on, be it of a module that starts before', async () => {
  const handles: Promise<unknown>[] = [];
  @Injectable()
  class Early implements OnModuleInit {
    constructor(@Inject(TasqueueClient) private readonly client: TasqueueClient) {}
    async onModuleInit() {
      const handle = await this.client.enqueue(Add, { a: 1, b: 1 });
      handles.push(handle.result({ timeout: 5_000 }));
    }
  }
  await started({
    imports: [
      { module: class First {}, global: true, providers: [Early] },
      TasqueueModule.forRoot(),
      { module: class Last {}, global: true, providers: [{ provide: 'LATE', useClass: Early }] },
    ],
    providers: [MathTasks],
  });
  await expect(Promise.all(handles)).resolves.toEqual([2, 2]);
});

it('tells callers after close that it is closed', async () => {
  const app = await runningApp({ providers: [MathTasks] });
  const client = app.get(TasqueueClient);
  await app.close();
  await expect(client.enqueue(Add, { a: 1, b: 2 })).rejects.toThrow(ClosedError);
});

it('runs as a standalone worker', async () => {
  const { NestFactory } = await import('@nestjs/core');
  @Module({ imports: [TasqueueModule.forRoot()], providers: [MathTasks] })
  class Worker {}
  const worker = await NestFactory.createApplicationContext(Worker, { logger: false });
  await expect(resultOf(worker, 'add', { a: 4, b: 5 })).resolves.toBe(9);
  await worker.close();
  await eventually(() => expect(worker.get(TasqueueRunner).status.running).toBe(false));
});
