import { type DynamicModule, Module } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { Environment } from '../core/environment.js';
import { TASQUEUE_ENVIRONMENT } from '../providers/tasqueue.tokens.js';
import { metricsControllerAt } from './metrics.controller.js';
import { checkMetricsOptions, type TasqueueMetricsOptions } from './metrics-options.js';
import { TasqueueMetrics } from './tasqueue-metrics.js';

const DEFAULT_PATH = '/metrics';

/**
 * A Prometheus endpoint with the metrics of every Tasqueue instance in the application, for those who do
 * not use OpenTelemetry. It provides `TasqueueMetrics`.
 */
@Module({})
export class TasqueueMetricsModule {
  /** Needs a TasqueueModule in the application. Throws InvalidOptionsError. */
  static forRoot(options: TasqueueMetricsOptions): DynamicModule {
    checkMetricsOptions(options);
    const { client, path = DEFAULT_PATH } = options;
    const { contentType } = options.registry ?? new client.Registry();
    return {
      module: TasqueueMetricsModule,
      controllers: path === false ? [] : [metricsControllerAt(path, contentType)],
      providers: [
        {
          provide: TasqueueMetrics,
          useFactory: (environment: Environment, modules: ModulesContainer) =>
            new TasqueueMetrics(options, environment, modules),
          inject: [TASQUEUE_ENVIRONMENT, ModulesContainer],
        },
      ],
      exports: [TasqueueMetrics],
    };
  }
}
