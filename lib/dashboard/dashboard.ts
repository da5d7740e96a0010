import { Logger, type OnModuleDestroy, ServiceUnavailableException } from '@nestjs/common';
import type { TasqueueAdmin } from '../core/admin/tasqueue-admin.js';
import type { Environment } from '../core/environment.js';
import { Auditor } from './access/auditor.js';
import { Api } from './api.js';
import type { DashboardSettings } from './dashboard-settings.js';
import { addressOf } from './http/address.js';
import { EventStream } from './http/event-stream.js';
import type { Pages } from './http/pages.js';
import { respond, respondJson } from './http/respond.js';
import { headerOf, type ServerReply, type ServerRequest } from './http/server-request.js';
import { Live } from './live/live.js';
import { PulseReader } from './live/pulse-reader.js';
import { QueueTable } from './live/queue-table.js';
import { apiDocument } from './openapi/document.js';
import { packageVersion } from '../package-version.js';
import { Redactor } from './redaction/redactor.js';
import { pulseRoute } from './routes/pulse-route.js';
import { allRoutes } from './routes/routes.js';

export interface DashboardWorld {
  readonly admin: TasqueueAdmin;
  readonly environment: Environment;
  readonly settings: DashboardSettings;
  readonly pages: Pages;
}

/** One mounted dashboard, put together. */
export class Dashboard implements OnModuleDestroy {
  readonly #api: Api;
  readonly #document: unknown;
  readonly #live: Live;
  readonly #pages: Pages;

  constructor({ admin, environment, settings, pages }: DashboardWorld) {
    const { clock } = environment;
    const logger = new Logger('TasqueueDashboard');
    const queues = new QueueTable(admin, clock);
    const pulses = new PulseReader(admin, queues, clock);
    const redactor = new Redactor(settings.redact ?? []);
    const version = packageVersion();
    const parts = { admin, environment, settings, redactor, queues, version };
    const routes = [...allRoutes(parts), pulseRoute(pulses)];
    const onChange = (): void => {
      pulses.touch();
      this.#live.hurry();
    };
    this.#api = new Api(routes, {
      settings,
      auditor: new Auditor(settings.audit),
      clock,
      onChange,
    });
    this.#document = apiDocument(routes, version);
    this.#live = new Live(pulses, clock, (error) => logger.error(error));
    this.#pages = pages;
  }

  /** Ends the streams: the server would wait for them. */
  onModuleDestroy(): void {
    this.#live.close();
  }

  async page(request: ServerRequest, reply: ServerReply): Promise<void> {
    const { segments, base } = addressOf(request);
    const acceptsGzip = headerOf(request, 'accept-encoding')?.includes('gzip') === true;
    respond(reply, await this.#pages.get({ path: segments.join('/'), base, acceptsGzip }));
  }

  async call(request: ServerRequest, reply: ServerReply): Promise<void> {
    const address = addressOf(request);
    const path = address.segments.join('/');
    if (path === 'live') this.#stream(reply);
    else if (path === 'openapi.json') respondJson(reply, this.#document);
    else respondJson(reply, await this.#api.answer(request, address));
  }

  #stream(reply: ServerReply): void {
    if (this.#live.closed) throw new ServiceUnavailableException('the application is closing');
    this.#live.add(EventStream.open(reply));
  }
}
