import { type DynamicModule, Module } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { Environment } from '../core/environment.js';
import { TASQUEUE_ENVIRONMENT } from '../providers/tasqueue.tokens.js';
import { TasqueueTelemetryLifecycle } from './tasqueue-telemetry.lifecycle.js';
import { checkTelemetryOptions, type TasqueueTelemetryOptions } from './telemetry-options.js';

/**
 * Spans and metrics by OpenTelemetry, of every Tasqueue instance in the application. It uses the API
 * alone: which SDK makes something of it, and which headers lead from span to span, is the application's
 * to say. Without an SDK nothing comes of it.
 */
@Module({})
export class TasqueueTelemetryModule {
  /** Needs a TasqueueModule in the application. Throws InvalidOptionsError. */
  static forRoot(options: TasqueueTelemetryOptions = {}): DynamicModule {
    checkTelemetryOptions(options);
    return {
      module: TasqueueTelemetryModule,
      providers: [
        {
          provide: TasqueueTelemetryLifecycle,
          useFactory: (environment: Environment, modules: ModulesContainer) =>
            new TasqueueTelemetryLifecycle(options, environment, modules),
          inject: [TASQUEUE_ENVIRONMENT, ModulesContainer],
        },
      ],
    };
  }
}
