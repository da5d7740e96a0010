import type { INestApplication } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test, type TestingModule } from '@nestjs/testing';
import { TasqueueAdmin, TasqueueClient } from 'nestjs-tasqueue';
import type { TasqueueDashboardOptions } from 'nestjs-tasqueue/dashboard';
import { inject } from 'vitest';
import { DASHBOARD_GIVEN, DASHBOARD_PAGES } from '../../../../lib/dashboard/dashboard.tokens.js';
import { Pages } from '../../../../lib/dashboard/http/pages.js';
import { AppModule } from '../../../../sample-app/app.module.js';
import { STORE_KINDS } from '../../../../sample-app/stores/stores.js';

export interface ShopOptions {
  readonly redisUrl: string;
  /** Shops of one prefix are processes of one shop. */
  readonly prefix: string;
  readonly dashboard?: TasqueueDashboardOptions;
  /** Fastify instead of Express, below this global prefix. */
  readonly fastifyBelow?: string;
  /** Of the server; any free one by default. */
  readonly port?: number;
}

/** The sample shop with its dashboard, on a real Redis and a free port. */
export class Shop {
  static async open(options: ShopOptions): Promise<Shop> {
    const { redisUrl, prefix, dashboard, fastifyBelow, port = 0 } = options;
    const stores = await STORE_KINDS.redis.open(redisUrl, prefix);
    const built = await Test.createTestingModule({ imports: [AppModule.on(stores)] })
      .overrideProvider(DASHBOARD_PAGES)
      .useValue(new Pages(inject('pages')))
      .overrideProvider(DASHBOARD_GIVEN)
      .useValue({ unguarded: true, ...dashboard })
      .compile();
    const app = createApp(built, fastifyBelow);
    await app.listen(port, '127.0.0.1');
    const below = fastifyBelow === undefined ? '' : `${fastifyBelow}/`;
    return new Shop(app, `${await app.getUrl()}/${below}`);
  }

  readonly client: TasqueueClient;
  readonly admin: TasqueueAdmin;

  private constructor(
    private readonly app: INestApplication,
    /** Ends with a slash. */
    readonly url: string,
  ) {
    this.client = app.get(TasqueueClient, { strict: false });
    this.admin = app.get(TasqueueAdmin, { strict: false });
  }

  /** Where its dashboard is. */
  get mount(): string {
    return `${this.url}tasqueue/`;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  close(): Promise<void> {
    return this.app.close();
  }

  /** A call of the dashboard's API, as a program makes it. */
  async call(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; text: string }> {
    const response = await fetch(`${this.mount}api/${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'x-tasqueue-dashboard': '1' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text() };
  }
}

function createApp(built: TestingModule, fastifyBelow: string | undefined): INestApplication {
  if (fastifyBelow === undefined) return built.createNestApplication({ logger: false });
  const app = built.createNestApplication(new FastifyAdapter(), { logger: false });
  return app.setGlobalPrefix(fastifyBelow);
}
