import { fileURLToPath } from 'node:url';
import {
  type DynamicModule,
  Inject,
  Module,
  type ModuleMetadata,
  type NestModule,
  type Provider,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { TasqueueAdmin } from '../core/admin/tasqueue-admin.js';
import type { Environment } from '../core/environment.js';
import { InvalidOptionsError } from '../core/errors.js';
import { getTasqueueAdminToken, TASQUEUE_ENVIRONMENT } from '../providers/tasqueue.tokens.js';
import { asyncDashboardOptions, type TasqueueDashboardAsyncOptions } from './async-options.js';
import { type DashboardController, dashboardControllerAt } from './dashboard.controller.js';
import {
  DASHBOARD_CONTROLLER,
  DASHBOARD_GIVEN,
  DASHBOARD_PAGES,
  DASHBOARD_SETTINGS,
} from './dashboard.tokens.js';
import { Dashboard } from './dashboard.js';
import {
  checkDashboardOptions,
  DASHBOARD_DEFAULTS,
  type TasqueueDashboardOptions,
} from './dashboard-options.js';
import { type DashboardSettings, dashboardSettings } from './dashboard-settings.js';
import { Pages } from './http/pages.js';

const PAGES = fileURLToPath(new URL('./public', import.meta.url));

/**
 * A dashboard with a JSON API on the application's own server. It shows payloads and deletes jobs: give it
 * a guard. Without one it stops the bootstrap with an UnguardedDashboardError while NODE_ENV is production.
 */
@Module({})
export class TasqueueDashboardModule implements NestModule {
  constructor(
    @Inject(DASHBOARD_CONTROLLER) private readonly controller: DashboardController,
    private readonly server: HttpAdapterHost,
  ) {}

  /** Needs a TasqueueModule in the application. Throws InvalidOptionsError. */
  static forRoot(options: TasqueueDashboardOptions = {}): DynamicModule {
    checkDashboardOptions(options);
    return moduleOf(options, [{ provide: DASHBOARD_GIVEN, useValue: options }]);
  }

  /** The same, with options that other providers help to make. */
  static forRootAsync(options: TasqueueDashboardAsyncOptions): DynamicModule {
    const { path, instance, imports } = options;
    checkDashboardOptions({ path, instance });
    return moduleOf({ path, instance }, asyncDashboardOptions(options), imports);
  }

  /** Nest calls it before it reads the routes of controllers: by now it is known which server they are for. */
  configure(): void {
    this.controller.route(this.server.httpAdapter.getType() === 'fastify' ? '*' : '*rest');
  }
}

function moduleOf(
  { path = DASHBOARD_DEFAULTS.path, instance }: Pick<TasqueueDashboardOptions, 'path' | 'instance'>,
  given: readonly Provider[],
  imports: ModuleMetadata['imports'] = [],
): DynamicModule {
  const controller = dashboardControllerAt(path);
  return {
    module: TasqueueDashboardModule,
    imports,
    controllers: [controller.type],
    providers: [
      ...given,
      { provide: DASHBOARD_CONTROLLER, useValue: controller },
      {
        provide: DASHBOARD_SETTINGS,
        useFactory: (options: TasqueueDashboardOptions) =>
          dashboardSettings(options, process.env['NODE_ENV']),
        inject: [DASHBOARD_GIVEN],
      },
      { provide: DASHBOARD_PAGES, useFactory: () => new Pages(PAGES) },
      {
        provide: Dashboard,
        useFactory: (
          settings: DashboardSettings,
          pages: Pages,
          environment: Environment,
          admin: TasqueueAdmin | undefined,
        ) => new Dashboard({ settings, pages, environment, admin: found(admin, instance) }),
        inject: [
          DASHBOARD_SETTINGS,
          DASHBOARD_PAGES,
          TASQUEUE_ENVIRONMENT,
          { token: getTasqueueAdminToken(instance), optional: true },
        ],
      },
    ],
  };
}

function found(admin: TasqueueAdmin | undefined, instance: string | undefined): TasqueueAdmin {
  if (admin) return admin;
  throw new InvalidOptionsError('TasqueueDashboardModule options', [
    instance === undefined
      ? 'instance: expected the name of one, as TasqueueModule is not imported without a name'
      : `instance: expected the name of an instance of TasqueueModule, got '${instance}'`,
  ]);
}
