import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { TasqueueMetricsModule } from 'nestjs-tasqueue/metrics';
import { TasqueueTelemetryModule } from 'nestjs-tasqueue/telemetry';
import * as client from 'prom-client';
import { requestSpan } from './request-span.middleware.js';

/** Traces, if `tracing.ts` has registered an SDK, and `/metrics` for Prometheus. */
@Module({
  imports: [
    TasqueueTelemetryModule.forRoot({ metrics: false }),
    TasqueueMetricsModule.forRoot({ client }),
  ],
})
export class ObservabilityModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(requestSpan).forRoutes('{*path}');
  }
}
