import { Controller, Injectable, Module, Scope } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import type { TaskEntry } from '../../lib/core/task-entry.js';
import { InvalidOptionsError } from '../../lib/core/errors.js';
import { Payload } from '../../lib/decorators/payload.decorator.js';
import { OnFailed, OnSuccess } from '../../lib/decorators/task-callbacks.decorator.js';
import { OnTasqueueEvent } from '../../lib/decorators/on-tasqueue-event.decorator.js';
import { Task } from '../../lib/decorators/task.decorator.js';
import { contextOf, type Exploration, explored } from './support/explored.js';

@Injectable()
class Greeter {
  readonly greeting: string = 'hello';

  @Task('greet')
  greet(name: string) {
    return `${this.greeting} ${name}`;
  }
}

const namesOf = (entries: readonly TaskEntry[]) => entries.map(({ name }) => name);
const ownersOf = (entries: readonly TaskEntry[]) => entries.map(({ owner }) => owner);

describe('handlers are found on', () => {
  it.each([
    ['a class', [Greeter]],
    ['useClass under a token', [{ provide: 'GREETER', useClass: Greeter }]],
    ['useValue', [{ provide: 'GREETER', useValue: new Greeter() }]],
    ['useFactory', [{ provide: 'GREETER', useFactory: async () => new Greeter() }]],
    ['a class and its alias', [Greeter, { provide: 'ALIAS', useExisting: Greeter }]],
  ])('%s', async (_, providers) => {
    const { entries, run } = await explored({ providers });
    expect(ownersOf(entries)).toEqual(['Greeter.greet']);
    await expect(run('greet', 'Ada')).resolves.toBe('hello Ada');
  });

  it('a controller', async () => {
    @Controller()
    class Hooks {
      @Task('hook') handle() {
        return 'done';
      }
    }
    const { run } = await explored({ controllers: [Hooks] });
    await expect(run('hook')).resolves.toBe('done');
  });

  it('one object that several modules provide, once', async () => {
    const shared = new Greeter();
    @Module({ providers: [{ provide: Greeter, useValue: shared }] })
    class Other {}
    const { entries } = await explored({
      imports: [Other],
      providers: [{ provide: 'SHARED', useValue: shared }],
    });
    expect(ownersOf(entries)).toEqual(['Greeter.greet']);
  });

  it('two objects of one class twice, told apart by where they stand', async () => {
    @Module({ providers: [Greeter] })
    class Other {}
    const { entries } = await explored({
      imports: [Other],
      providers: [{ provide: 'MINE', useClass: Greeter }],
    });
    expect(ownersOf(entries).sort()).toEqual([
      "Greeter.greet ('MINE' of RootTestModule)",
      'Greeter.greet (of Other)',
    ]);
  });

  it('a scoped class under an alias, once', async () => {
    @Injectable({ scope: Scope.REQUEST })
    class PerJob extends Greeter {}
    const { entries } = await explored({
      providers: [PerJob, { provide: Greeter, useExisting: PerJob }],
    });
    expect(ownersOf(entries)).toEqual(['PerJob.greet']);
  });

  it('a method that handles several tasks', async () => {
    class Many {
      @Task('first') @Task('second') handle() {}
    }
    const { entries } = await explored({ providers: [Many] });
    expect(namesOf(entries)).toEqual(['first', 'second']);
  });

  it('a class of which each job gets its own instance', async () => {
    @Injectable({ scope: Scope.REQUEST })
    class PerJob extends Greeter {}
    @Injectable({ scope: Scope.TRANSIENT })
    class PerUse {
      @Task('use') use() {}
    }
    const factory = { provide: Greeter, useFactory: () => new Greeter(), scope: Scope.REQUEST };
    expect(ownersOf((await explored({ providers: [PerJob] })).entries)).toEqual(['PerJob.greet']);
    expect(ownersOf((await explored({ providers: [PerUse] })).entries)).toEqual(['PerUse.use']);
    expect(ownersOf((await explored({ providers: [factory] })).entries)).toEqual(['Greeter.greet']);
  });
});

describe('a subclass', () => {
  it('inherits handlers', async () => {
    class Polite extends Greeter {
      override readonly greeting = 'good day';
    }
    const { entries, run } = await explored({ providers: [Polite] });
    expect(ownersOf(entries)).toEqual(['Polite.greet']);
    await expect(run('greet', 'Ada')).resolves.toBe('good day Ada');
  });

  it('overrides a handler without repeating the decorator, and it runs once', async () => {
    let calls = 0;
    class Loud extends Greeter {
      override greet(name: string) {
        calls += 1;
        return super.greet(name).toUpperCase();
      }
    }
    const { entries, run } = await explored({ providers: [Loud] });
    expect(ownersOf(entries)).toEqual(['Loud.greet']);
    await expect(run('greet', 'Ada')).resolves.toBe('HELLO ADA');
    expect(calls).toBe(1);
  });

  it('takes a handler away by something that is no method', async () => {
    class Mute extends Greeter {}
    Object.defineProperty(Mute.prototype, 'greet', { get: () => undefined });
    expect((await explored({ providers: [Mute] })).entries).toEqual([]);
  });

  it('gives an overridden handler a task of its own', async () => {
    class Other extends Greeter {
      @Task('other') override greet(name: string) {
        return super.greet(name);
      }
    }
    expect(namesOf((await explored({ providers: [Other] })).entries)).toEqual(['other']);
  });
});

it('reads no getter and calls nothing while it looks around', async () => {
  const touched: string[] = [];
  class Shy {
    get secret() {
      touched.push('secret');
      return () => {};
    }
    @Task('shy') handle() {
      touched.push('handle');
    }
  }
  const proxy = new Proxy(new Shy(), {
    get(target, key, receiver) {
      if (typeof key === 'string' && key !== 'handle') touched.push(key);
      const value: unknown = Reflect.get(target, key, receiver);
      return value;
    },
  });
  const before = await explored({ providers: [Shy] });
  expect(namesOf(before.entries)).toEqual(['shy']);
  expect(touched).toEqual([]);
  const { entries } = await explored({ providers: [{ provide: 'SHY', useValue: proxy }] });
  expect(namesOf(entries)).toEqual(['shy']);
  expect(touched).not.toContain('secret');
});

it('is at peace with providers of every kind', async () => {
  const values = [
    null,
    undefined,
    0,
    '',
    'text',
    Symbol('s'),
    Object.create(null),
    [],
    new Map(),
    () => {},
    Greeter,
  ];
  const providers = values.map((useValue, index) => ({ provide: `VALUE_${index}`, useValue }));
  await expect(explored({ providers })).resolves.toMatchObject({ entries: [] });
});

it('calls a method by name, so that a spy set later counts', async () => {
  const { app, run } = await explored({ providers: [Greeter] });
  app.get(Greeter).greet = () => 'spied';
  await expect(run('greet', 'Ada')).resolves.toBe('spied');
});

it('adds nothing to a handler that has no enhancers', async () => {
  class Sync {
    @Task('sync') handle() {
      return 42;
    }
    @Task('throws') throws() {
      throw new Error('at once');
    }
  }
  const { entries } = await explored({ providers: [Sync] });
  expect(entries[0]?.run(undefined, contextOf())).toBe(42);
  expect(() => entries[1]?.run(undefined, contextOf())).toThrow('at once');
});

describe('the bootstrap is refused', () => {
  const problemsOf = async (
    providers: (new () => object)[],
    exploration?: Exploration,
  ): Promise<readonly string[]> => {
    const error: unknown = await explored({ providers }, exploration).catch(
      (each: unknown) => each,
    );
    if (error instanceof InvalidOptionsError) return error.problems;
    throw error;
  };

  it('with all wrong options at once, each with its Class.method', async () => {
    class Wrong {
      @Task('a', { concurrency: 0 }) a() {}
      @Task('b', { quue: 'x' } as object) b() {}
      @Task('') c() {}
      @Task('d', { schedule: 'never' }) d() {}
    }
    const problems = await problemsOf([Wrong]);
    expect(problems).toHaveLength(4);
    expect(problems[0]).toMatch(/^Wrong\.a: .*concurrency.*0/);
    expect(problems[1]).toMatch(/^Wrong\.b: .*did you mean 'queue'/);
    expect(problems[2]).toMatch(/^Wrong\.c: .*name/);
    expect(problems[3]).toMatch(/^Wrong\.d: .*schedule/);
  });

  it('by a callback for a task that nobody handles, with a guess', async () => {
    class Typo extends Greeter {
      @OnSuccess('greeet') celebrate() {}
    }
    expect(await problemsOf([Typo])).toEqual([
      "Typo.celebrate: no @Task handles 'greeet' (did you mean 'greet'?)",
    ]);
    await expect(explored({ providers: [Typo] }, { role: 'producer' })).resolves.toBeDefined();
  });

  it('by an instance that nobody made', async () => {
    class Lost {
      @Task('lost', { instance: 'report' }) lost() {}
    }
    expect(await problemsOf([Lost], { instances: [undefined, 'reports'] })).toEqual([
      "Lost.lost: there is no TasqueueModule with the name 'report' (did you mean 'reports'?)",
    ]);
    class Deaf {
      @OnTasqueueEvent('failed', { instance: 'x' }) hear() {}
      @OnSuccess('any', { instance: 'x' }) celebrate() {}
    }
    expect(await problemsOf([Deaf])).toEqual([
      "Deaf.celebrate: there is no TasqueueModule with the name 'x'",
      "Deaf.hear: there is no TasqueueModule with the name 'x'",
    ]);
    expect(await problemsOf([Greeter], { name: 'reports' })).toEqual([
      'Greeter.greet: names no instance, and there is no TasqueueModule without a name',
    ]);
  });

  it('by a callback that hopes for decorated parameters', async () => {
    class Hopeful extends Greeter {
      @OnSuccess('greet') celebrate(@Payload() name: unknown) {
        return name;
      }
    }
    expect(await problemsOf([Hopeful])).toEqual([
      'Hopeful.celebrate: a callback takes (ctx, error); parameter decorators do not work on it',
    ]);
  });

  it('by a definition that a circle of imports left undefined', async () => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the compiler believes, and the loader does not keep
    const Undefined = undefined as unknown as string;
    class Circular {
      @Task(Undefined) handle() {}
    }
    expect(await problemsOf([Circular])).toEqual([
      "Circular.handle: expected a task's name or definition, got undefined: do files import each other in a circle?",
    ]);
  });

  it('where a decorator stands on a static method', () => {
    const decorate = (): unknown => {
      class Static {
        field = 1;
        @Task('static') static handle() {}
      }
      return Static;
    };
    expect(decorate).toThrow("@Task on 'static Static.handle': expected a method of instances");
  });
});

describe('an entry', () => {
  it('has the callbacks of its task, by name and by old name', async () => {
    const heard: unknown[] = [];
    class Billing {
      @Task('bill', { aliases: ['invoice'] }) bill() {}
      @OnSuccess('bill') paid(...args: unknown[]) {
        heard.push(['paid', ...args]);
      }
      @OnFailed('invoice') @OnSuccess('bill') report(...args: unknown[]) {
        heard.push(['report', ...args]);
      }
    }
    const { entries } = await explored({ providers: [Billing] });
    const { callbacks } = entries[0]!;
    expect(callbacks.success).toHaveLength(2);
    expect(callbacks.failed).toHaveLength(1);
    expect(callbacks.processing).toEqual([]);
    const ctx = contextOf();
    const error = new Error('declined');
    callbacks.failed[0]!(ctx, error);
    expect(heard).toEqual([['report', ctx, error]]);
  });

  it('belongs to the instance that its decorator names', async () => {
    class Split {
      @Task('here') here() {}
      @Task('there', { instance: 'reports' }) there() {}
    }
    const instances = [undefined, 'reports'];
    const providers = [Split];
    expect(namesOf((await explored({ providers }, { instances })).entries)).toEqual(['here']);
    expect(
      namesOf((await explored({ providers }, { instances, name: 'reports' })).entries),
    ).toEqual(['there']);
  });
});
