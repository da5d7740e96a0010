import { Controller, Get, Inject, Injectable, Module, Param, Post } from '@nestjs/common';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import {
  defineTask,
  getTasqueueRunnerToken,
  getTasqueueToken,
  InjectTasqueue,
  InvalidOptionsError,
  MemoryBroker,
  MemoryResults,
  type PayloadOf,
  Task,
  TasqueueClient,
  TasqueueModule,
} from '../../lib/index.js';
import {
  getTasqueueTesterToken,
  TasqueueTester,
  TasqueueTestingModule,
  type TestingOptions,
} from '../../lib/testing/index.js';
import { wrong } from '../support/wrong.js';
import { SILENT } from './support/tested-app.js';

/** What must not happen in a test. */
class FarAwayBroker extends MemoryBroker {
  override connect(): Promise<void> {
    return Promise.reject(new Error('connected the broker of production'));
  }
}

class FarAwayResults extends MemoryResults {
  override connect(): Promise<void> {
    return Promise.reject(new Error('connected the results store of production'));
  }
}

const Order = defineTask<{ item: string }, string>('order');
const Report = defineTask<{ item: string }, string>('report');

@Injectable()
class OrderTasks {
  constructor(@InjectTasqueue('reports') private readonly reports: TasqueueClient) {}

  @Task(Order) async order({ item }: PayloadOf<typeof Order>) {
    await this.reports.enqueue(Report, { item });
    return `ordered ${item}`;
  }
}

@Injectable()
class ReportTasks {
  readonly reported: string[] = [];

  @Task(Report, { instance: 'reports' }) report({ item }: PayloadOf<typeof Report>) {
    this.reported.push(item);
    return `reported ${item}`;
  }
}

@Controller('orders')
class OrderController {
  constructor(private readonly client: TasqueueClient) {}

  @Post(':item') async create(@Param('item') item: string): Promise<{ id: string }> {
    const { id } = await this.client.enqueue(Order, { item });
    return { id };
  }

  @Get(':id') async find(@Param('id') id: string): Promise<{ status: string }> {
    const { status } = await this.client.getJob(id);
    return { status };
  }
}

@Module({ providers: [{ provide: 'URL', useValue: 'far://away' }], exports: ['URL'] })
class ConfigModule {}

@Module({
  imports: [
    TasqueueModule.forRoot({ broker: new FarAwayBroker(), results: new FarAwayResults() }),
    TasqueueModule.forRootAsync({
      name: 'reports',
      imports: [ConfigModule],
      inject: ['URL'],
      useFactory: (url: string) => ({ broker: new FarAwayBroker(), queues: { [url]: {} } }),
    }),
  ],
  controllers: [OrderController],
  providers: [OrderTasks, ReportTasks],
})
class AppModule {}

@Module({
  imports: [
    TasqueueModule.forRoot({
      broker: new FarAwayBroker(),
      results: new FarAwayResults(),
      onStartup: 'fail',
    }),
    TasqueueModule.forRootAsync({
      name: 'reports',
      useFactory: () => ({ broker: new FarAwayBroker() }),
    }),
  ],
  controllers: [OrderController],
  providers: [OrderTasks, ReportTasks],
})
class ShopModule {}

function jobOf(answer: unknown): { readonly id: string } {
  const { id } = z.object({ id: z.string() }).parse(answer);
  return { id };
}

async function underTest(options: TestingOptions, module = ShopModule) {
  const builder = Test.createTestingModule({ imports: [module] }).setLogger(SILENT);
  const app = await TasqueueTestingModule.override(builder, options).compile();
  onTestFinished(() => app.close());
  return app;
}

async function listening(app: INestApplication): Promise<string> {
  await app.listen(0, '127.0.0.1');
  return app.getUrl();
}

describe('a whole application under test', () => {
  it('connects nothing of what it is configured with', async () => {
    const builder = Test.createTestingModule({ imports: [ShopModule] }).setLogger(SILENT);
    const untested = await builder.compile();
    await expect(untested.init()).rejects.toThrow('of production');

    await expect((await underTest({ mode: 'inline' })).init()).resolves.toBeDefined();
  });

  it('has a tester for each of its instances, with one clock', async () => {
    const app = await underTest({ mode: 'manual' });
    await app.init();
    const tester = app.get(TasqueueTester);
    const reports = app.get(getTasqueueTesterToken('reports'));

    expect(reports).toBeInstanceOf(TasqueueTester);
    expect(reports).not.toBe(tester);
    expect(reports.clock).toBe(tester.clock);
  });

  it('runs jobs of one instance that the handlers of another enqueue, before enqueue resolves', async () => {
    const app = await underTest({ mode: 'inline' });
    await app.init();
    const handle = await app.get(TasqueueClient).enqueue(Order, { item: 'tea' });

    await expect(handle.result()).resolves.toBe('ordered tea');
    expect(app.get(ReportTasks).reported).toEqual(['tea']);
  });

  it('drains all instances, and tells apart what was enqueued with each', async () => {
    const app = await underTest({ mode: 'manual' });
    await app.init();
    await app.get(TasqueueClient).enqueue(Order, { item: 'tea' });
    const ran = await app.get(TasqueueTester).drain();

    expect(ran.map(({ task }) => task)).toEqual(['order', 'report']);
    app.get(getTasqueueTesterToken('reports')).expectEnqueued(Report, { item: 'tea' });
    expect(
      app
        .get(TasqueueTester)
        .enqueued()
        .map(({ task }) => task),
    ).toEqual(['order']);
  });

  it('serves requests', async () => {
    const testing = await underTest({ mode: 'inline' });
    const app = testing.createNestApplication();
    onTestFinished(() => app.close());
    const url = await listening(app);
    const created = await fetch(`${url}/orders/coffee`, { method: 'POST' });
    const { id } = jobOf(await created.json());

    await expect((await fetch(`${url}/orders/${id}`)).json()).resolves.toEqual({
      status: 'successful',
    });
    expect(app.get(ReportTasks).reported).toEqual(['coffee']);
  });

  it('keeps the options, those of factories too', async () => {
    const app = await underTest({ mode: 'live' }, AppModule);
    await app.init();
    const { slots } = app.get(getTasqueueRunnerToken('reports')).status;

    expect(Object.keys(slots)).toEqual(['far://away']);
  });

  it('lets instances that share a broker go on to share one', async () => {
    const shared = { broker: new FarAwayBroker(), results: new FarAwayResults() };
    @Module({
      imports: [
        TasqueueModule.forRoot({ ...shared, role: 'producer' }),
        TasqueueModule.forRoot({ ...shared, name: 'workers', role: 'worker' }),
      ],
      providers: [Worker],
    })
    class Split {}
    const app = await underTest({ mode: 'inline' }, Split);
    await app.init();
    const handle = await app.get(TasqueueClient).enqueue('greet', 'you');

    await expect(handle.get()).resolves.toMatchObject({ status: 'successful' });

    await expect(handle.result()).resolves.toBe('hello you');
  });

  it('keeps what the test overrides besides', async () => {
    const builder = Test.createTestingModule({ imports: [ShopModule] }).setLogger(SILENT);
    const app = await TasqueueTestingModule.override(builder, { mode: 'inline' })
      .overrideProvider(ReportTasks)
      .useValue({ reported: ['by a double'] })
      .compile();
    onTestFinished(() => app.close());

    expect(app.get(ReportTasks).reported).toEqual(['by a double']);
  });

  it('refuses options that are none', () => {
    const builder = Test.createTestingModule({ imports: [ShopModule] });
    const options = wrong({ mode: 'inlined', startAt: new Date('soon') });

    expect(() => TasqueueTestingModule.override(builder, options)).toThrow(InvalidOptionsError);
    expect(() => TasqueueTestingModule.override(builder, options)).toThrow(
      /mode: expected 'inline', 'manual', or 'live', got 'inlined'; startAt: expected a Date/,
    );
  });
});

describe('TasqueueTestingModule.forRoot()', () => {
  it('lets the tester be injected', async () => {
    @Injectable()
    class Harness {
      constructor(
        readonly tester: TasqueueTester,
        @Inject(getTasqueueTesterToken('reports')) readonly reports: TasqueueTester,
      ) {}
    }
    const app = await Test.createTestingModule({
      imports: [
        TasqueueTestingModule.forRoot({ mode: 'manual' }),
        TasqueueTestingModule.forRoot({ mode: 'manual', name: 'reports' }),
      ],
      providers: [Harness, OrderTasks, ReportTasks],
    }).compile();
    onTestFinished(() => app.close());
    await app.init();
    const { tester, reports } = app.get(Harness);

    expect(tester).toBe(app.get(TasqueueTester));
    expect(reports.clock).toBe(tester.clock);
    await app.get(TasqueueClient).enqueue(Order, { item: 'tea' });
    await expect(reports.drain()).resolves.toHaveLength(2);
    await expect(app.get(getTasqueueToken('reports')).getJob('none')).rejects.toThrow('none');
  });

  it('refuses two modes, or two times, in one application', async () => {
    const startAt = new Date('2024-07-01T00:00:00Z');
    const builder = Test.createTestingModule({
      imports: [
        TasqueueTestingModule.forRoot({ mode: 'manual' }),
        TasqueueTestingModule.forRoot({ mode: 'inline', startAt, name: 'reports' }),
      ],
    }).setLogger(SILENT);

    await expect(builder.compile()).rejects.toThrow(
      /mode: expected 'manual',.* got 'inline'; startAt: expected none,.* got 2024-07-01T00:00:00.000Z/,
    );
  });

  it('tells its mode', async () => {
    const app = await underTest({ mode: 'live' });
    await app.init();

    expect(app.get(TasqueueTester).mode).toBe('live');
  });

  it('refuses what TasqueueModule would refuse', async () => {
    const options = { mode: 'inline', lease: -1 } as const;
    const builder = Test.createTestingModule({ imports: [TasqueueTestingModule.forRoot(options)] });

    await expect(builder.setLogger(SILENT).compile()).rejects.toThrow(/lease/);
    expect(() => TasqueueTestingModule.forRoot(wrong({}))).toThrow(/mode/);
  });
});

@Injectable()
class Worker {
  @Task('greet', { instance: 'workers' }) greet(name: string) {
    return `hello ${name}`;
  }
}
