import {
  type CanActivate,
  Inject,
  Injectable,
  Scope,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import {
  type ContextId,
  ContextIdFactory,
  type ContextIdStrategy,
  type HostComponentInfo,
  ModuleRef,
  REQUEST,
} from '@nestjs/core';
import { afterEach, describe, expect, it } from 'vitest';
import type { JobContext } from '../../lib/core/job-context.js';
import { OnFailed, OnSuccess } from '../../lib/decorators/task-callbacks.decorator.js';
import { Task } from '../../lib/decorators/task.decorator.js';
import { contextOf, explored } from './support/explored.js';

@Injectable({ scope: Scope.REQUEST })
class Tenant {
  readonly id: string;
  constructor(@Inject(REQUEST) job: JobContext) {
    this.id = `tenant of ${job.id}`;
  }
}

describe('a request-scoped handler', () => {
  let made = 0;

  @Injectable({ scope: Scope.REQUEST })
  class PerJob {
    readonly number = (made += 1);
    constructor(
      @Inject(REQUEST) readonly job: JobContext,
      readonly tenant: Tenant,
    ) {}
    @Task('who') who() {
      return { number: this.number, job: this.job, tenant: this.tenant.id };
    }
    @OnSuccess('who') done(ctx: JobContext) {
      return [this.number, ctx === this.job];
    }
    @OnFailed('who') failed() {
      throw new Error(`callback of ${this.number}`);
    }
  }
  const metadata = { providers: [PerJob, Tenant] };

  it('gets an instance of its own for each attempt, and REQUEST is the job', async () => {
    const { run } = await explored(metadata);
    const first = contextOf({ id: 'a' });
    const before = made;
    const answers = await Promise.all([
      run('who', undefined, first),
      run('who', undefined, contextOf({ id: 'b' })),
    ]);
    expect(answers).toMatchObject([
      { job: first, tenant: 'tenant of a' },
      { tenant: 'tenant of b' },
    ]);
    expect(made).toBe(before + 2);
  });

  it('shares its instance with the callbacks of the same attempt', async () => {
    const { run, entries } = await explored(metadata);
    const ctx = contextOf();
    await run('who', undefined, ctx);
    const number = made;
    await expect(entries[0]?.callbacks.success[0]?.(ctx)).resolves.toEqual([number, true]);
    await expect(entries[0]?.callbacks.failed[0]?.(ctx)).rejects.toThrow(`callback of ${number}`);
  });

  it("finds the job's other providers by the same context, as Nest's docs show", async () => {
    @Injectable({ scope: Scope.REQUEST })
    class Lazy {
      constructor(
        @Inject(REQUEST) private readonly job: JobContext,
        private readonly moduleRef: ModuleRef,
      ) {}
      @Task('lazy') async lazy() {
        const contextId = ContextIdFactory.getByRequest(this.job);
        return (await this.moduleRef.resolve(Tenant, contextId)).id;
      }
    }
    const { run } = await explored({ providers: [Lazy, Tenant] });
    await expect(run('lazy', undefined, contextOf({ id: 'x' }))).resolves.toBe('tenant of x');
  });

  it('fails the attempt when it cannot be created', async () => {
    @Injectable({ scope: Scope.REQUEST })
    class Broken {
      constructor() {
        throw new Error('no database');
      }
      @Task('broken') broken() {}
    }
    const { run } = await explored({ providers: [Broken] });
    await expect(run('broken')).rejects.toThrow('no database');
  });

  it('keeps its guards and interceptors, made per job too', async () => {
    @Injectable({ scope: Scope.REQUEST })
    class TenantGuard implements CanActivate {
      constructor(private readonly tenant: Tenant) {}
      canActivate() {
        return this.tenant.id === 'tenant of good';
      }
    }
    @UseGuards(TenantGuard)
    class Guarded {
      @Task('guarded') @UseInterceptors({ intercept: (_, next) => next.handle() }) guarded() {
        return 'in';
      }
    }
    const { run } = await explored({ providers: [Guarded, Tenant] });
    await expect(run('guarded', undefined, contextOf({ id: 'good' }))).resolves.toBe('in');
    await expect(run('guarded', undefined, contextOf({ id: 'bad' }))).rejects.toThrow(
      'refused by TenantGuard',
    );
  });
});

it('a transient handler gets an instance of its own for each attempt', async () => {
  let made = 0;
  @Injectable({ scope: Scope.TRANSIENT })
  class PerUse {
    readonly number = (made += 1);
    @Task('use') use() {
      return this.number;
    }
  }
  const { run } = await explored({ providers: [PerUse] });
  const before = made;
  await expect(run('use', undefined, contextOf())).resolves.toBe(before + 1);
  await expect(run('use', undefined, contextOf())).resolves.toBe(before + 2);
});

it('two modules may provide different scoped handlers under one token', async () => {
  @Injectable({ scope: Scope.REQUEST })
  class First {
    @Task('first') handle() {
      return 'first';
    }
  }
  @Injectable({ scope: Scope.REQUEST })
  class Second {
    @Task('second') handle() {
      return 'second';
    }
  }
  class One {}
  class Two {}
  const { run } = await explored({
    imports: [
      { module: One, providers: [{ provide: 'HANDLER', useClass: First }] },
      { module: Two, providers: [{ provide: 'HANDLER', useClass: Second }] },
    ],
  });
  await expect(run('first')).resolves.toBe('first');
  await expect(run('second')).resolves.toBe('second');
});

describe('durable handlers', () => {
  class ByTenant implements ContextIdStrategy<JobContext> {
    readonly #trees = new Map<string, ContextId>();
    attach(contextId: ContextId, job: JobContext) {
      const tenant = job.headers['tenant'] ?? 'none';
      const tree = this.#trees.get(tenant) ?? ContextIdFactory.create();
      this.#trees.set(tenant, tree);
      return {
        resolve: ({ isTreeDurable }: HostComponentInfo) => (isTreeDurable ? tree : contextId),
        payload: { tenant },
      };
    }
  }
  // Nest keeps one strategy for the whole process, and offers no other way back.
  afterEach(() => void Reflect.deleteProperty(ContextIdFactory, 'strategy'));

  @Injectable({ scope: Scope.REQUEST, durable: true })
  class PerTenant {
    #jobs = 0;
    constructor(@Inject(REQUEST) readonly request: { tenant: string }) {}
    @Task('count') count() {
      this.#jobs += 1;
      return [this.request, this.#jobs];
    }
  }
  @Injectable({ scope: Scope.REQUEST })
  class PerJob {
    constructor(@Inject(REQUEST) readonly job: JobContext) {}
    @Task('job') job_() {
      return this.job;
    }
    @OnSuccess('count') done() {
      return this.job;
    }
  }

  const jobOf = (tenant: string) => contextOf({ headers: { tenant } });

  it('are shared by the jobs of one tree, and see its payload instead of a job', async () => {
    ContextIdFactory.apply(new ByTenant());
    const { run } = await explored({ providers: [PerTenant] });
    await expect(run('count', undefined, jobOf('a'))).resolves.toEqual([{ tenant: 'a' }, 1]);
    await expect(run('count', undefined, jobOf('b'))).resolves.toEqual([{ tenant: 'b' }, 1]);
    await expect(run('count', undefined, jobOf('a'))).resolves.toEqual([{ tenant: 'a' }, 2]);
  });

  it('leave request-scoped handlers and callbacks their own job, in whichever order', async () => {
    ContextIdFactory.apply(new ByTenant());
    const { run, entries } = await explored({ providers: [PerTenant, PerJob] });
    const [count] = entries;
    const ctx = jobOf('a');
    await expect(count?.callbacks.success[0]?.(ctx)).resolves.toBe(ctx);
    await expect(run('count', undefined, ctx)).resolves.toEqual([{ tenant: 'a' }, 1]);
    const other = jobOf('a');
    await expect(run('count', undefined, other)).resolves.toEqual([{ tenant: 'a' }, 2]);
    await expect(run('job', undefined, other)).resolves.toBe(other);
  });

  it('are made per job where no strategy is applied', async () => {
    const { run } = await explored({ providers: [PerTenant] });
    const ctx = jobOf('a');
    await expect(run('count', undefined, ctx)).resolves.toEqual([ctx, 1]);
    await expect(run('count', undefined, jobOf('a'))).resolves.toMatchObject([{}, 1]);
  });
});
