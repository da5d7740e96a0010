import { Module } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import { TasqueueHealthIndicator } from './tasqueue-health.indicator.js';

/** Provides `TasqueueHealthIndicator`, for a controller with the `HealthCheckService` of `@nestjs/terminus`. */
@Module({
  // It has no state to share, so it need not be that of TerminusModule, which users import with options.
  providers: [HealthIndicatorService, TasqueueHealthIndicator],
  exports: [TasqueueHealthIndicator],
})
export class TasqueueHealthModule {}
