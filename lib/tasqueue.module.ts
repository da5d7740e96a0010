import { type DynamicModule, Module, type ModuleMetadata, type Provider } from '@nestjs/common';
import type { TasqueueOptions } from './core/options.js';
import { instanceProviders, storesLifecycle } from './providers/tasqueue.providers.js';
import {
  getTasqueueOptionsToken,
  TASQUEUE_ASSEMBLY,
  TASQUEUE_ENVIRONMENT,
} from './providers/tasqueue.tokens.js';
import {
  asyncOptionsProviders,
  type TasqueueAsyncOptions,
} from './providers/tasqueue-options.providers.js';
import { TasqueueWorkersModule } from './providers/tasqueue-workers.module.js';
import { assembleTasqueue, systemEnvironment } from './tasqueue-assembly.js';

/**
 * Background jobs for this application. Global: import it once, in the root module; further ones take
 * a `name`. It provides `TasqueueClient`, `TasqueueAdmin`, `TasqueueRunner` and `TasqueueEvents`; those
 * of a named instance are injected by `@InjectTasqueue(name)` and its kin.
 */
@Module({})
export class TasqueueModule {
  /** Wrong options stop the bootstrap with an InvalidOptionsError that lists all of them. */
  static forRoot(options: TasqueueOptions = {}): DynamicModule {
    const { name } = options;
    return moduleOf(name, [{ provide: getTasqueueOptionsToken(name), useValue: options }]);
  }

  /** The same, with options that other providers help to make. */
  static forRootAsync(options: TasqueueAsyncOptions): DynamicModule {
    return moduleOf(options.name, asyncOptionsProviders(options), options.imports);
  }
}

function moduleOf(
  name: string | undefined,
  options: readonly Provider[],
  imports: ModuleMetadata['imports'] = [],
): DynamicModule {
  const environment = { provide: TASQUEUE_ENVIRONMENT, useFactory: systemEnvironment };
  // A factory, because Nest 11 does not let one take the place of a value.
  const assembly = { provide: TASQUEUE_ASSEMBLY, useFactory: () => assembleTasqueue };
  const instance = instanceProviders(name);
  return {
    module: TasqueueModule,
    global: true,
    imports: [...imports, TasqueueWorkersModule.for(name)],
    providers: [...options, environment, assembly, ...instance, storesLifecycle(name)],
    exports: [environment, ...instance].map(({ provide }) => provide),
  };
}
