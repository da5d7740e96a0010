import { type DynamicModule, type InjectionToken, Module } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { TasqueueOptions } from '../core/options.js';
import type { TasqueueAssembly } from '../providers/tasqueue.providers.js';
import {
  getTasqueueInstanceToken,
  TASQUEUE_ASSEMBLY,
  TASQUEUE_ENVIRONMENT,
} from '../providers/tasqueue.tokens.js';
import { TasqueueModule } from '../tasqueue.module.js';
import { laboratoryOf } from './laboratory/laboratory-of.js';
import type { TestTasqueue } from './laboratory/test-tasqueue.js';
import { getTasqueueTesterToken, TasqueueTester } from './tasqueue-tester.js';
import {
  checkTestingOptions,
  type TasqueueTestingOptions,
  type TestingOptions,
} from './testing-options.js';

/** As far as it concerns us, the `TestingModuleBuilder` of `@nestjs/testing`, which need not be installed. */
export interface OverridableBuilder {
  overrideProvider(token: string): {
    useFactory(options: {
      // oxlint-disable-next-line typescript/no-explicit-any -- whatever `inject` names
      factory: (...args: any[]) => unknown;
      inject?: InjectionToken[];
    }): unknown;
  };
}

type MakeOf<Made> = (modules: ModulesContainer) => Made;

/** Tasqueue for tests: on stores in memory, with time and workers in the hands of `TasqueueTester`. */
@Module({})
export class TasqueueTestingModule {
  /**
   * Stands for `TasqueueModule.forRoot()` in a testing module of one's own. Several, with names, share
   * one time, and have to have one mode. Throws InvalidOptionsError.
   */
  static forRoot({ mode, startAt, ...options }: TasqueueTestingOptions): DynamicModule {
    const testing = { mode, startAt };
    checkTestingOptions(testing);
    const { providers = [], exports = [], ...real } = TasqueueModule.forRoot(options);
    const tester = {
      provide: getTasqueueTesterToken(options.name),
      useFactory: (modules: ModulesContainer, instance: TestTasqueue) =>
        new TasqueueTester(laboratoryOf(modules, testing), instance),
      inject: [ModulesContainer, getTasqueueInstanceToken(options.name)],
    };
    const replaced = Object.entries(replacements(testing)).map(([provide, useFactory]) => {
      return { provide, useFactory, inject: [ModulesContainer] };
    });
    const tested = {
      ...real,
      // Of two providers with one token the later counts.
      providers: [...providers, ...replaced, tester],
      exports: [...exports, tester.provide],
    };
    return { module: TasqueueTestingModule, imports: [tested] };
  }

  /**
   * Puts a whole application to the test: each of its instances, named ones too, runs on stores in
   * memory, whatever its options say of brokers and results; none of those is connected. Gives the same
   * builder. `app.get(TasqueueTester)` and `app.get(getTasqueueTesterToken(name))` are the testers.
   */
  static override<Builder extends OverridableBuilder>(
    builder: Builder,
    { mode, startAt }: TestingOptions,
  ): Builder {
    const testing = { mode, startAt };
    checkTestingOptions(testing);
    const factories = { ...replacements(testing), [TASQUEUE_ASSEMBLY]: withTester(testing) };
    for (const [token, factory] of Object.entries(factories))
      builder.overrideProvider(token).useFactory({ factory, inject: [ModulesContainer] });
    return builder;
  }
}

/** What takes the place of the world and of the way in which instances are made. */
function replacements(testing: TestingOptions): Record<string, MakeOf<unknown>> {
  return {
    [TASQUEUE_ENVIRONMENT]: (modules) => laboratoryOf(modules, testing).environment,
    [TASQUEUE_ASSEMBLY]: (modules): TasqueueAssembly => {
      const laboratory = laboratoryOf(modules, testing);
      return (options) => laboratory.assemble(options);
    },
  };
}

/** Nobody can add a module to an application under test: the tester joins that of its instance. */
function withTester(testing: TestingOptions): MakeOf<TasqueueAssembly> {
  return (modules) => (options: TasqueueOptions) => {
    const laboratory = laboratoryOf(modules, testing);
    const instance = laboratory.assemble(options);
    for (const module of modules.values())
      if (module.providers.has(getTasqueueInstanceToken(options.name)))
        module.addProvider({
          provide: getTasqueueTesterToken(options.name),
          useValue: new TasqueueTester(laboratory, instance),
        });
    return instance;
  };
}
