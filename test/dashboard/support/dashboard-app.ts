import type { INestApplication, ModuleMetadata } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { TasqueueModule, type TasqueueOptions } from 'nestjs-tasqueue';
import { TasqueueDashboardModule, type TasqueueDashboardOptions } from 'nestjs-tasqueue/dashboard';
import { onTestFinished } from 'vitest';

export const SERVERS = ['Express', 'Fastify'] as const;
export type Server = (typeof SERVERS)[number];

export interface DashboardAppOptions {
  readonly server?: Server | undefined;
  readonly dashboard?: TasqueueDashboardOptions | undefined;
  readonly tasqueue?: TasqueueOptions | undefined;
  readonly imports?: ModuleMetadata['imports'];
  readonly providers?: ModuleMetadata['providers'];
  /** Before it listens: prefixes, versioning, CORS. */
  readonly prepare?: ((app: INestApplication) => void) | undefined;
}

/** An application with a dashboard, on a free port; closed with the test. */
export class DashboardApp {
  private constructor(
    readonly app: INestApplication,
    readonly url: string,
  ) {}

  static async open(options: DashboardAppOptions = {}): Promise<DashboardApp> {
    const { server = 'Express', dashboard, tasqueue, imports = [], providers = [] } = options;
    const testing = await Test.createTestingModule({
      imports: [
        TasqueueModule.forRoot(tasqueue),
        TasqueueDashboardModule.forRoot(dashboard),
        ...imports,
      ],
      providers,
    }).compile();
    const app =
      server === 'Fastify'
        ? testing.createNestApplication(new FastifyAdapter(), { logger: false })
        : testing.createNestApplication({ logger: false });
    onTestFinished(() => app.close());
    options.prepare?.(app);
    await app.listen(0, '127.0.0.1');
    return new DashboardApp(app, await app.getUrl());
  }
}
