import type { CanActivate, Type } from '@nestjs/common';
import { type Check, expected, expecting, listOf, refuse } from '../core/validation/check.js';
import { isFields, shape, type Table } from '../core/validation/shape.js';
import { boolean, name } from '../core/validation/values.js';
import type { AuditEvent } from './access/audit-event.js';
import type { Action } from './contract/index.js';

/** A guard as `@UseGuards()` takes it. */
export type DashboardGuard = Type<CanActivate> | CanActivate;

/** What `TasqueueDashboardModule.forRoot()` takes. `Request` is your server's own. */
// oxlint-disable-next-line typescript/no-explicit-any -- Express' request, or Fastify's, with what guards put on it
export interface TasqueueDashboardOptions<Request = any> {
  /** Where it is mounted, below the global prefix. Default `/tasqueue`. */
  readonly path?: string | undefined;
  /** The named instance to show; default: the one without a name. */
  readonly instance?: string | undefined;
  /**
   * Who may come in: all of them have to agree. A class is taken from the application, or made with what
   * the dashboard's own `imports` provide. In production there has to be one.
   */
  readonly guards?: readonly DashboardGuard[] | undefined;
  /**
   * True: mounted without a guard of its own, in production too, as a global guard or a proxy protects it.
   * Default false.
   */
  readonly unguarded?: boolean | undefined;
  /** True: nobody changes anything. Default false. */
  readonly readOnly?: boolean | undefined;
  /** Who may do what: asked for each action. Default: who comes in may do everything. */
  readonly can?: CanAct<Request> | undefined;
  /** Who it is, for `can` and the audit. Default: what your guard put on `request.user`, if that has a name. */
  readonly user?: ((request: Request) => string | undefined) | undefined;
  /**
   * Keys of payloads, results and headers whose values nobody sees, at any depth (`email`), or paths from
   * the root (`customer.name`); beside those that are always hidden, such as `password`, `token` and `card`.
   */
  readonly redact?: readonly string[] | undefined;
  /**
   * Where the trace of a job is shown: `{header}` stands for the value of that header of the job,
   * `{traceId}` for the trace in its `traceparent`.
   */
  readonly traceLink?: string | undefined;
  /** Told of each action. Default: Nest's `Logger`. One that fails is logged, and changes nothing. */
  readonly audit?: ((event: AuditEvent) => unknown) | undefined;
  /** True: `x-forwarded-host` is believed, for a proxy that changes `host`. Default false. */
  readonly trustProxy?: boolean | undefined;
}

export type CanAct<Request> = (
  user: string | undefined,
  action: Action,
  request: Request,
) => boolean | Promise<boolean>;

const method = expecting('a function', (value) => typeof value === 'function');

const guard: Check = (value, at) =>
  typeof value === 'function' || (isFields(value) && typeof value['canActivate'] === 'function')
    ? []
    : [expected('a guard, or its class', at, value)];

const path = expecting(
  "a path such as '/tasqueue', of letters, digits, '-', '_', '.' and '/'",
  (value) => typeof value === 'string' && /^\/?[\w.-]+(\/[\w.-]+)*\/?$/.test(value),
);

const link = expecting(
  "an address that begins with 'https://', 'http://' or '/'",
  (value) => typeof value === 'string' && /^(https?:\/\/|\/(?!\/))/.test(value),
);

export const DASHBOARD_OPTIONS: Table<TasqueueDashboardOptions> = {
  path,
  instance: name,
  guards: listOf('guards', guard),
  unguarded: boolean,
  readOnly: boolean,
  can: method,
  user: method,
  redact: listOf('keys', name),
  traceLink: link,
  audit: method,
  trustProxy: boolean,
};

export const DASHBOARD_DEFAULTS = { path: '/tasqueue' };

const check = shape(DASHBOARD_OPTIONS);

/** Throws InvalidOptionsError. */
export function checkDashboardOptions(options: TasqueueDashboardOptions): void {
  refuse('TasqueueDashboardModule options', check(options, ''));
}
