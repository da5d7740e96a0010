import { Controller, Get } from '@nestjs/common';
import { HealthCheck, HealthCheckService } from '@nestjs/terminus';
import { TasqueueHealthIndicator } from 'nestjs-tasqueue/health';

/** More orders than this waiting at one station: the shop still works, and somebody should look. */
const MAX_PENDING = 1_000;

@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly tasqueue: TasqueueHealthIndicator,
  ) {}

  @Get()
  @HealthCheck()
  check() {
    return this.health.check([
      () => this.tasqueue.isHealthy('tasqueue', { maxPending: MAX_PENDING }),
    ]);
  }
}
