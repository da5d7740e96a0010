import {
  type DynamicModule,
  Injectable,
  Module,
  type ModuleMetadata,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
  type Type,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { describe, expect, it } from 'vitest';
import {
  type JobContext,
  MemoryBroker,
  MemoryResults,
  ShutdownError,
  Task,
  TasqueueClient,
  TasqueueEvents,
  TasqueueModule,
  TasqueueRunner,
} from '../../lib/index.js';
import { TASQUEUE_ENVIRONMENT } from '../../lib/providers/tasqueue.tokens.js';
import { systemEnvironment } from '../../lib/tasqueue-assembly.js';
import { CountingClock } from './support/counting-clock.js';
import { Database } from './support/database.js';
import { Latch } from './support/latch.js';
import { eventually, resultOf, runningApp, started } from './support/running-app.js';

/** A handler that takes its time, until the test lets it go. */
class Gate {
  readonly entered = new Latch();
  readonly left = new Latch();
}

@Injectable()
class Orders {
  constructor(
    private readonly database: Database,
    private readonly gate: Gate,
    private readonly tasqueue: TasqueueClient,
  ) {}

  @Task('order')
  async order(id: string, ctx: JobContext) {
    this.gate.entered.open();
    await this.gate.left.opened;
    this.database.insert(`order ${id}`);
    await this.tasqueue.enqueue('note', id);
    ctx.log('stored');
  }

  @Task('note')
  note() {}
}

const gateProvider = { provide: Gate, useFactory: () => new Gate() };

@Module({ providers: [Database], exports: [Database] })
class PlainDatabaseModule {}
const globalDatabase: DynamicModule = {
  module: class GlobalDatabaseModule {},
  global: true,
  providers: [Database],
  exports: [Database],
};
const tasqueue = () => TasqueueModule.forRoot();
const orders = (imports: ModuleMetadata['imports'] = []): DynamicModule => ({
  module: class OrdersModule {},
  imports,
  providers: [Orders, gateProvider],
  exports: [Gate],
});

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1)
    await new Promise((resolve) => void setImmediate(resolve));
}

/** Each a way in which users put their modules together. */
const ORDERS_OF_IMPORT: Record<string, () => ModuleMetadata> = {
  'Tasqueue first': () => ({ imports: [tasqueue(), orders([PlainDatabaseModule])] }),
  'Tasqueue last': () => ({ imports: [orders([PlainDatabaseModule]), tasqueue()] }),
  'a global database, after': () => ({ imports: [tasqueue(), globalDatabase, orders()] }),
  'a global database, before': () => ({ imports: [globalDatabase, orders(), tasqueue()] }),
  'all in the root module': () => ({
    imports: [tasqueue()],
    providers: [Database, Orders, gateProvider],
  }),
  'Tasqueue deep in a feature': () => ({
    imports: [
      PlainDatabaseModule,
      { module: class Feature {}, imports: [tasqueue(), orders([PlainDatabaseModule])] },
    ],
    exports: [],
  }),
  'a database that leans on Tasqueue': () => ({
    imports: [
      orders([
        {
          module: class Leaning {},
          imports: [tasqueue()],
          providers: [Database],
          exports: [Database],
        },
      ]),
    ],
  }),
};

describe('app.close() lets running jobs end before the database is gone', () => {
  it.each(Object.entries(ORDERS_OF_IMPORT))('%s', async (_, metadata) => {
    const app = await started(metadata());
    const gate = app.get(Gate, { strict: false });
    const database = app.get(Database, { strict: false });
    const failures: string[] = [];
    app.get(TasqueueEvents).subscribe(({ name, error }) => {
      if (name === 'failed') failures.push(String(error));
    });
    await app.get(TasqueueClient).enqueue('order', '1');
    await gate.entered.opened;
    const closing = app.close();
    // As far as the shutdown gets without the job: were it to go past it, the database would be gone.
    await turns(50);
    gate.left.open();
    await closing;
    expect(failures).toEqual([]);
    expect(database.rows).toEqual(['order 1']);
  });
});

describe('workers', () => {
  it('start after every onApplicationBootstrap', async () => {
    const seen: string[] = [];
    const noting = (name: string): Type<OnApplicationBootstrap> => {
      @Injectable()
      class Noting implements OnApplicationBootstrap {
        constructor(private readonly client: TasqueueClient) {}
        async onApplicationBootstrap() {
          await this.client.enqueue('note', name);
          await new Promise((resolve) => void setImmediate(resolve));
          seen.push(`${name} is up`);
        }
      }
      return Noting;
    };
    @Injectable()
    class Notes {
      @Task('note') note(name: string) {
        seen.push(`job of ${name}`);
      }
    }
    const app = await started({
      imports: [
        { module: class Before {}, providers: [noting('before')] },
        tasqueue(),
        { module: class After {}, global: true, providers: [noting('after')] },
      ],
      providers: [Notes, noting('root')],
    });
    expect(seen.filter((line) => line.startsWith('job'))).toEqual([]);
    await eventually(() => expect(seen).toHaveLength(6));
    expect(seen.slice(0, 3).every((line) => line.endsWith('is up'))).toBe(true);
    expect(app.get(TasqueueRunner).status.running).toBe(true);
  });

  it('give a job back that does not end within shutdownTimeout, and abort its signal', async () => {
    const stores = { broker: new MemoryBroker(), results: new MemoryResults() };
    const reasons: unknown[] = [];
    const starts = new Latch();
    @Injectable()
    class Endless {
      @Task('endless') endless(_: unknown, ctx: JobContext) {
        if (ctx.attempt > 1) return 'second time';
        starts.open();
        ctx.signal.addEventListener('abort', () => void reasons.push(ctx.signal.reason));
        return new Promise(() => {});
      }
    }
    const first = await runningApp({ providers: [Endless] }, { ...stores, shutdownTimeout: 20 });
    const second = await runningApp({ providers: [Endless] }, { ...stores, autoStart: false });
    const handle = await first.get(TasqueueClient).enqueue('endless');
    await starts.opened;
    await first.close();
    expect(reasons).toEqual([expect.any(ShutdownError)]);
    await second.get(TasqueueRunner).start();
    const again = await second.get(TasqueueClient).getJob(handle.id);
    expect(again.retried).toBe(0);
    await eventually(async () =>
      expect(await second.get(TasqueueClient).getResult(handle.id)).toBe('second time'),
    );
  });

  it('leave the client usable until the very last hook', async () => {
    const accepted: string[] = [];
    @Injectable()
    class Late implements OnApplicationShutdown {
      constructor(private readonly client: TasqueueClient) {}
      async onApplicationShutdown() {
        if (accepted.length < 2) accepted.push((await this.client.enqueue('note', 'bye')).id);
      }
    }
    @Injectable()
    class Notes {
      @Task('note') note() {}
    }
    const app = await started({
      imports: [{ module: class Before {}, global: true, providers: [Late] }, tasqueue()],
      providers: [Notes, { provide: 'LATE', useClass: Late }],
    });
    await app.close();
    expect(accepted).toHaveLength(2);
  });
});

describe('closing', () => {
  @Injectable()
  class Notes {
    @Task('note') note() {
      return 'noted';
    }
  }

  it('twice, and twice at once, is fine', async () => {
    const app = await runningApp({ providers: [Notes] });
    await Promise.all([app.close(), app.close()]);
    await app.close();
    expect(app.get(TasqueueRunner).status.running).toBe(false);
  });

  it('is fine without init', async () => {
    const app = await Test.createTestingModule({
      imports: [tasqueue()],
      providers: [Notes],
    }).compile();
    await expect(app.close()).resolves.toBeUndefined();
  });

  it('is fine while the bootstrap is under way', async () => {
    const slow = new Latch();
    const reached = new Latch();
    @Injectable()
    class Slow implements OnModuleInit {
      onModuleInit() {
        reached.open();
        return slow.opened;
      }
    }
    const compiled = Test.createTestingModule({ imports: [tasqueue()], providers: [Notes, Slow] });
    const app = await compiled.compile();
    const starting = app.init();
    await reached.opened;
    const closing = app.close();
    slow.open();
    await Promise.all([starting, closing]);
    expect(app.get(TasqueueRunner).status.running).toBe(false);
  });

  it('is fine after a bootstrap that failed', async () => {
    @Injectable()
    class Broken implements OnApplicationBootstrap {
      onApplicationBootstrap() {
        throw new Error('no bootstrap today');
      }
    }
    const compiled = Test.createTestingModule({
      imports: [tasqueue()],
      providers: [Notes, Broken],
    });
    const app = await compiled.compile();
    await expect(app.init()).rejects.toThrow('no bootstrap today');
    expect(app.get(TasqueueRunner).status.running).toBe(false);
    await app.close();
  });

  it('leaves nothing behind, two hundred times over', async () => {
    const cycle = async () => {
      @Module({ imports: [tasqueue()], providers: [Notes] })
      class App {}
      const app = await NestFactory.createApplicationContext(App, { logger: false });
      app.enableShutdownHooks();
      await expect(resultOf(app, 'note')).resolves.toBe('noted');
      await app.close();
    };
    // Of the test runner's own there may be one more or less; of ours there would be two hundred.
    const left = () => process.getActiveResourcesInfo().length;
    const listeners = () => process.eventNames().map((name) => process.listenerCount(name));
    await cycle();
    const before = { left: left(), listeners: listeners() };
    for (let round = 0; round < 200; round += 1) await cycle();
    expect(left()).toBeLessThan(before.left + 10);
    expect(listeners()).toEqual(before.listeners);
  }, 60_000);

  it('disarms every timer', async () => {
    const clock = new CountingClock();
    const app = await started({ imports: [tasqueue()], providers: [Notes] }, (builder) =>
      builder.overrideProvider(TASQUEUE_ENVIRONMENT).useValue({ ...systemEnvironment(), clock }),
    );
    await expect(resultOf(app, 'note')).resolves.toBe('noted');
    expect(clock.armed).toBeGreaterThan(0);
    await app.close();
    expect(clock.armed).toBe(0);
  });
});
