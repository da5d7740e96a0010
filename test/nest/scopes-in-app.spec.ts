import { once } from 'node:events';
import { Inject, Injectable, Scope } from '@nestjs/common';
import { type ContextId, ContextIdFactory, REQUEST } from '@nestjs/core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  CancelledError,
  type JobContext,
  OnFailed,
  OnProcessing,
  OnRetrying,
  OnSuccess,
  Task,
  TasqueueClient,
} from '../../lib/index.js';
import { Latch } from './support/latch.js';
import { eventually, resultOf, runningApp } from './support/running-app.js';

const told: unknown[] = [];
let made = 0;
beforeEach(() => {
  told.length = 0;
  made = 0;
});

@Injectable({ scope: Scope.REQUEST })
class PerAttempt {
  readonly number = (made += 1);
  constructor(@Inject(REQUEST) readonly job: JobContext) {}

  @Task('twice', { maxRetries: 1, backoff: 0 })
  twice(_: unknown, ctx: JobContext) {
    if (ctx.attempt === 1) throw new Error('once more');
    return [this.number, this.job === ctx, this.job.attempt];
  }
  @OnProcessing('twice') started(ctx: JobContext) {
    this.#tell('processing', ctx);
  }
  @OnRetrying('twice') retrying(ctx: JobContext) {
    this.#tell('retrying', ctx);
  }
  @OnSuccess('twice') done(ctx: JobContext) {
    this.#tell('success', ctx);
  }

  #tell(what: string, ctx: JobContext) {
    told.push([what, this.number, this.job === ctx]);
  }
}

it('a request-scoped handler has one instance per attempt, which its callbacks share', async () => {
  const app = await runningApp({ providers: [PerAttempt] });

  expect(await resultOf(app, 'twice')).toEqual([2, true, 2]);
  await eventually(() =>
    expect(told).toEqual([
      ['processing', 1, true],
      ['retrying', 1, true],
      ['processing', 2, true],
      ['success', 2, true],
    ]),
  );
});

it('REQUEST has the signal of the attempt, in the handler and in what it is made of', async () => {
  const running = new Latch();
  const failures: unknown[] = [];

  @Injectable({ scope: Scope.REQUEST })
  class Query {
    constructor(@Inject(REQUEST) private readonly job: JobContext) {}
    /** Ends when it is aborted, as a driver's call does. */
    async run(): Promise<never> {
      running.open();
      await once(this.job.signal, 'abort');
      throw this.job.signal.reason;
    }
  }
  @Injectable({ scope: Scope.REQUEST })
  class Reports {
    constructor(private readonly query: Query) {}
    @Task('report') report() {
      return this.query.run().catch((reason: unknown) => {
        failures.push(reason);
        throw reason;
      });
    }
    @OnFailed('report') failed() {}
  }
  const app = await runningApp({ providers: [Query, Reports] });
  const client = app.get(TasqueueClient);
  const handle = await client.enqueue('report');
  await running.opened;
  await client.cancel(handle.id);

  await expect(handle.result({ timeout: 5_000 })).rejects.toThrow(CancelledError);
  await eventually(() => expect(failures).toEqual([expect.any(CancelledError)]));
});

// Nest keeps one strategy for the whole process, and offers no other way back.
afterEach(() => void Reflect.deleteProperty(ContextIdFactory, 'strategy'));

it('a durable handler is one per tree of its strategy', async () => {
  const trees = new Map<string, ContextId>();
  ContextIdFactory.apply({
    attach(contextId: ContextId, job: JobContext) {
      const tenant = job.headers['tenant'] ?? 'none';
      const tree = trees.get(tenant) ?? ContextIdFactory.create();
      trees.set(tenant, tree);
      return {
        resolve: ({ isTreeDurable }) => (isTreeDurable ? tree : contextId),
        payload: { tenant },
      };
    },
  });
  @Injectable({ scope: Scope.REQUEST, durable: true })
  class PerTenant {
    #jobs = 0;
    constructor(@Inject(REQUEST) private readonly request: { tenant: string }) {}
    @Task('count') count() {
      this.#jobs += 1;
      return `${this.request.tenant} ${this.#jobs}`;
    }
  }
  const app = await runningApp({ providers: [PerTenant] });
  const counted = async (tenant: string) => {
    const handle = await app
      .get(TasqueueClient)
      .enqueue('count', undefined, { headers: { tenant } });
    return handle.result({ timeout: 5_000 });
  };

  expect(await counted('a')).toBe('a 1');
  expect(await counted('b')).toBe('b 1');
  expect(await counted('a')).toBe('a 2');
});
