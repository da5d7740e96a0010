import { Controller, Get, Inject, Injectable, type Type } from '@nestjs/common';
import { HealthCheck, HealthCheckService, TerminusModule } from '@nestjs/terminus';
import { Test } from '@nestjs/testing';
import { onTestFinished } from 'vitest';
import {
  TasqueueHealthIndicator,
  TasqueueHealthModule,
  type TasqueueHealthOptions,
} from '../../../lib/health/index.js';
import { Task, TasqueueModule, type TasqueueOptions } from '../../../lib/index.js';
import { SILENT } from '../../nest/support/running-app.js';

@Injectable()
export class EchoTasks {
  @Task('echo')
  echo(payload: unknown) {
    return payload;
  }
}

const LIMITS = 'HEALTH_LIMITS';

@Controller('health')
class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly tasqueue: TasqueueHealthIndicator,
    @Inject(LIMITS) private readonly limits: TasqueueHealthOptions,
  ) {}

  @Get()
  @HealthCheck()
  check() {
    return this.health.check([() => this.tasqueue.isHealthy('jobs', this.limits)]);
  }
}

/** What `GET /health` says. */
export interface HealthAnswer {
  readonly code: number;
  readonly status: string;
  readonly jobs: Readonly<Record<string, unknown>>;
}

/** An app with workers and `/health`, listening; closed when the test is over. */
export async function healthApp(
  options: TasqueueOptions,
  limits: TasqueueHealthOptions = {},
  tasks: Type = EchoTasks,
) {
  const module = await Test.createTestingModule({
    imports: [
      TasqueueModule.forRoot(options),
      TerminusModule.forRoot({ logger: false }),
      TasqueueHealthModule,
    ],
    controllers: [HealthController],
    providers: [tasks, { provide: LIMITS, useValue: limits }],
  })
    .setLogger(SILENT)
    .compile();
  const app = module.createNestApplication();
  onTestFinished(() => app.close());
  await app.listen(0, '127.0.0.1');
  const url = `${await app.getUrl()}/health`;
  return { app, health: () => askHealth(url) };
}

async function askHealth(url: string): Promise<HealthAnswer> {
  const response = await fetch(url);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what Terminus answers
  const body = (await response.json()) as { status: string; details: Record<string, never> };
  return { code: response.status, status: body.status, jobs: body.details['jobs'] ?? {} };
}
