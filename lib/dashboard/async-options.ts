import type {
  FactoryProvider,
  InjectionToken,
  ModuleMetadata,
  OptionalFactoryDependency,
  Provider,
  Type,
} from '@nestjs/common';
import { InvalidOptionsError } from '../core/errors.js';
import type { TasqueueDashboardOptions } from './dashboard-options.js';
import { DASHBOARD_GIVEN } from './dashboard.tokens.js';

/** What has to be known before anything is made. */
type Early = 'path' | 'instance';

/** A provider that makes the options: `useClass` or `useExisting` of `forRootAsync()`. */
export interface TasqueueDashboardOptionsFactory {
  createTasqueueDashboardOptions():
    Omit<TasqueueDashboardOptions, Early> | Promise<Omit<TasqueueDashboardOptions, Early>>;
}

type MakeOptions = (
  // oxlint-disable-next-line typescript/no-explicit-any -- called with whatever `inject` names
  ...args: any[]
) => Omit<TasqueueDashboardOptions, Early> | Promise<Omit<TasqueueDashboardOptions, Early>>;

/** What `forRootAsync()` takes: one of `useFactory`, `useClass` and `useExisting`. */
export interface TasqueueDashboardAsyncOptions
  extends Pick<ModuleMetadata, 'imports'>, Pick<TasqueueDashboardOptions, Early> {
  /** What `useFactory` is called with. */
  readonly inject?: (InjectionToken | OptionalFactoryDependency)[] | undefined;
  readonly useFactory?: MakeOptions | undefined;
  readonly useClass?: Type<TasqueueDashboardOptionsFactory> | undefined;
  readonly useExisting?: InjectionToken<TasqueueDashboardOptionsFactory> | undefined;
}

const EARLY: readonly Early[] = ['path', 'instance'];

/** The providers of the options that `forRootAsync()` describes. Throws InvalidOptionsError. */
export function asyncDashboardOptions(async: TasqueueDashboardAsyncOptions): Provider[] {
  const { useFactory, useClass, useExisting, inject = [] } = async;
  const ways = [useFactory, useClass, useExisting].filter((way) => way !== undefined);
  if (ways.length !== 1)
    refuse(`expected one of useFactory, useClass and useExisting, got ${ways.length}`);
  if (useFactory) return [optionsProvider(useFactory, inject)];
  const create = (factory: TasqueueDashboardOptionsFactory) =>
    factory.createTasqueueDashboardOptions();
  if (useClass) return [{ provide: useClass, useClass }, optionsProvider(create, [useClass])];
  return [optionsProvider(create, useExisting === undefined ? [] : [useExisting])];
}

function optionsProvider(
  make: MakeOptions,
  inject: FactoryProvider['inject'] = [],
): FactoryProvider {
  return {
    provide: DASHBOARD_GIVEN,
    useFactory: async (...args: readonly unknown[]) => late(await make(...args)),
    inject,
  };
}

/** The controller stands by now: a path that comes with the options comes too late. */
function late(options: TasqueueDashboardOptions): TasqueueDashboardOptions {
  for (const key of EARLY)
    if (options[key] !== undefined)
      refuse(`${key}: expected beside the factory, not in the options that it makes`);
  return options;
}

function refuse(problem: string): never {
  throw new InvalidOptionsError('TasqueueDashboardModule.forRootAsync()', [problem]);
}
