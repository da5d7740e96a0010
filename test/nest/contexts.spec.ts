import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type CallHandler,
  Controller,
  type ExecutionContext,
  Get,
  Headers,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { ClsModule, ClsService } from 'nestjs-cls';
import { Observable } from 'rxjs';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type JobContext,
  OnSuccess,
  Task,
  TasqueueClient,
  TasqueueModule,
} from '../../lib/index.js';
import { eventually, resultOf, runningApp, SILENT } from './support/running-app.js';

const TENANT_HEADER = 'x-tenant';
const tenants = Array.from({ length: 40 }, (_, index) => `tenant-${index}`);

/** A few turns of the event loop, so that jobs are interleaved. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1)
    await new Promise((resolve) => void setImmediate(resolve));
}

describe('an AsyncLocalStorage', () => {
  const storage = new AsyncLocalStorage<string>();

  class Careless {
    readonly found: unknown[] = [];

    @Task('careless')
    async careless(name: string) {
      this.found.push(storage.getStore());
      storage.enterWith(`left behind by ${name}`);
      await turns(name.length);
      return storage.getStore();
    }

    @OnSuccess('careless')
    done() {
      this.found.push(storage.getStore());
      storage.enterWith('left behind by a callback');
    }
  }

  it('shows a job nothing of other jobs, of callbacks, or of who has enqueued it', async () => {
    const app = await runningApp({ providers: [Careless] });
    const client = app.get(TasqueueClient);
    const names = ['a', 'bb', 'ccc', 'dddd'];
    const results = names.map((name) =>
      storage.run(`request of ${name}`, async () => {
        const handle = await client.enqueue('careless', name);
        return handle.result({ timeout: 5_000 });
      }),
    );
    // What it enters itself, it keeps to the end.
    expect(await Promise.all(results)).toEqual(names.map((name) => `left behind by ${name}`));
    await resultOf(app, 'careless', 'eeeee');

    const { found } = app.get(Careless);
    await eventually(() => expect(found).toHaveLength(10));
    expect(found).toEqual(Array.from({ length: 10 }, () => undefined));
  });
});

describe('nestjs-cls', () => {
  /** As docs/guide/tasks.md shows it. */
  @Injectable()
  class TenantOfJob implements NestInterceptor {
    constructor(private readonly cls: ClsService) {}

    intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
      const { headers } = context.getArgByIndex<JobContext>(1);
      return new Observable((subscriber) =>
        this.cls.run(() => {
          this.cls.set('tenant', headers[TENANT_HEADER]);
          return next.handle().subscribe(subscriber);
        }),
      );
    }
  }

  @Injectable()
  class Reports {
    constructor(private readonly cls: ClsService) {}

    @UseInterceptors(TenantOfJob)
    @Task('report', { concurrency: 8, maxRetries: 1, backoff: 0 })
    async report(turnsToTake: number, { attempt }: JobContext) {
      const before = this.cls.get<string>('tenant');
      await turns(turnsToTake);
      if (attempt === 1 && turnsToTake % 3 === 0) throw new Error('once more');
      return [before, this.cls.get<string>('tenant')];
    }

    @Task('outside') outside() {
      return this.cls.isActive();
    }
  }

  @Controller('reports')
  class ReportsController {
    constructor(
      private readonly client: TasqueueClient,
      private readonly cls: ClsService,
    ) {}

    @Get()
    async make(@Headers('x-turns') turnsToTake: string) {
      const headers = { [TENANT_HEADER]: this.cls.get<string>('tenant') };
      const handle = await this.client.enqueue('report', Number(turnsToTake), { headers });
      const outside = await this.client.enqueue('outside');
      return Promise.all([handle.result(), outside.result()]);
    }
  }

  it('carries the tenant of a request into its job, by a header, and into no other', async () => {
    const module = await Test.createTestingModule({
      imports: [
        TasqueueModule.forRoot(),
        ClsModule.forRoot({
          global: true,
          middleware: {
            mount: true,
            setup: (cls, request: { headers: Record<string, string> }) =>
              cls.set('tenant', request.headers[TENANT_HEADER]),
          },
        }),
      ],
      controllers: [ReportsController],
      providers: [Reports],
    })
      .setLogger(SILENT)
      .compile();
    const app = module.createNestApplication();
    onTestFinished(() => app.close());
    await app.listen(0, '127.0.0.1');
    const url = `${await app.getUrl()}/reports`;

    const answers = tenants.map(async (tenant, index) => {
      const headers = { [TENANT_HEADER]: tenant, 'x-turns': String(index % 7) };
      return (await fetch(url, { headers })).json();
    });
    expect(await Promise.all(answers)).toEqual(tenants.map((tenant) => [[tenant, tenant], false]));
  });
});
