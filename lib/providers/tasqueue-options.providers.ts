import type {
  FactoryProvider,
  InjectionToken,
  ModuleMetadata,
  OptionalFactoryDependency,
  Provider,
  Type,
} from '@nestjs/common';
import { InvalidOptionsError } from '../core/errors.js';
import type { TasqueueOptions } from '../core/options.js';
import { getTasqueueOptionsToken } from './tasqueue.tokens.js';

/** A provider that makes the options: `useClass` or `useExisting` of `forRootAsync()`. */
export interface TasqueueOptionsFactory {
  createTasqueueOptions(): TasqueueOptions | Promise<TasqueueOptions>;
}

// oxlint-disable-next-line typescript/no-explicit-any -- called with whatever `inject` names
type MakeOptions = (...args: any[]) => TasqueueOptions | Promise<TasqueueOptions>;

/** What `forRootAsync()` takes: one of `useFactory`, `useClass` and `useExisting`. */
export interface TasqueueAsyncOptions extends Pick<ModuleMetadata, 'imports'> {
  /** A second, named instance. It has to be known at once, so it stands here and not in the options. */
  readonly name?: string | undefined;
  /** What `useFactory` is called with. */
  readonly inject?: (InjectionToken | OptionalFactoryDependency)[] | undefined;
  readonly useFactory?: MakeOptions | undefined;
  readonly useClass?: Type<TasqueueOptionsFactory> | undefined;
  readonly useExisting?: InjectionToken<TasqueueOptionsFactory> | undefined;
}

/** The providers of the options that `forRootAsync()` describes. Throws InvalidOptionsError. */
export function asyncOptionsProviders(async: TasqueueAsyncOptions): Provider[] {
  const { name, useFactory, useClass, useExisting, inject = [] } = async;
  const ways = [useFactory, useClass, useExisting].filter((way) => way !== undefined);
  if (ways.length !== 1)
    throw new InvalidOptionsError('TasqueueModule.forRootAsync()', [
      `expected one of useFactory, useClass and useExisting, got ${ways.length}`,
    ]);
  if (useFactory) return [optionsProvider(name, useFactory, inject)];
  const create = (factory: TasqueueOptionsFactory) => factory.createTasqueueOptions();
  if (useClass) return [{ provide: useClass, useClass }, optionsProvider(name, create, [useClass])];
  return [optionsProvider(name, create, useExisting === undefined ? [] : [useExisting])];
}

function optionsProvider(
  name: string | undefined,
  make: MakeOptions,
  inject: (InjectionToken | OptionalFactoryDependency)[],
): FactoryProvider {
  return {
    provide: getTasqueueOptionsToken(name),
    useFactory: async (...args: readonly unknown[]) => withName(name, await make(...args)),
    inject,
  };
}

/** The tokens bear the name already: one that comes with the options comes too late. */
function withName(name: string | undefined, options: TasqueueOptions | undefined): TasqueueOptions {
  if (options?.name !== undefined && options.name !== name)
    throw new InvalidOptionsError('TasqueueModule.forRootAsync()', [
      `name: expected beside the factory, not in the options that it makes, got '${options.name}'`,
    ]);
  return { ...options, name };
}
