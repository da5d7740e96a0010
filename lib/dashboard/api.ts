import { ForbiddenException } from '@nestjs/common';
import type { Clock } from '../core/clock.js';
import { describeError } from '../core/error-shape.js';
import { isFields } from '../core/validation/shape.js';
import type { Auditor } from './access/auditor.js';
import { Rights } from './access/rights.js';
import { userOf } from './access/user-of.js';
import type { DashboardSettings } from './dashboard-settings.js';
import type { Address } from './http/address.js';
import { bodyOf } from './http/body.js';
import { refuseForged } from './http/forgery-check.js';
import type { ServerRequest } from './http/server-request.js';
import type { Call, Deed, Route } from './routes/route.js';
import { Router } from './routes/router.js';

export interface ApiParts {
  readonly settings: DashboardSettings;
  readonly auditor: Auditor;
  readonly clock: Clock;
  /** Something has been done. */
  readonly onChange: () => void;
}

/** Answers calls: found → checked → allowed → answered → told. Errors are answered by the filter. */
export class Api {
  readonly #router: Router;

  constructor(
    routes: readonly Route[],
    private readonly parts: ApiParts,
  ) {
    this.#router = new Router(routes);
  }

  async answer(request: ServerRequest, { segments, query }: Address): Promise<unknown> {
    const { route, params } = this.#router.match(request.method, segments);
    const { settings } = this.parts;
    if (route.method !== 'GET') refuseForged(request, settings.trustProxy ?? false);
    const body = route.method === 'GET' ? undefined : await bodyOf(request);
    if (route.body !== undefined) route.checkBody(body);
    const user = (settings.user ?? userOf)(request);
    const rights = new Rights(user, settings, request);
    const call: Call = { rights, params, query: route.readQuery(query), body };
    const deed = route.deed?.(call);
    return deed === undefined ? route.answer(call) : this.#do(route, call, deed);
  }

  async #do(route: Route, call: Call, deed: Deed): Promise<unknown> {
    const { auditor, onChange } = this.parts;
    const { user } = call.rights;
    const event = { at: new Date(this.parts.clock.now()), user, ...deed };
    if (!(await call.rights.may(deed.action))) {
      await auditor.tell({ ...event, outcome: 'refused', count: 0 });
      throw new ForbiddenException(`you have no right to ${deed.action} on this dashboard`);
    }
    try {
      const reply = await route.answer(call);
      await auditor.tell({ ...event, outcome: 'done', count: countOf(reply) });
      return reply;
    } catch (error) {
      const { message } = describeError(error);
      await auditor.tell({ ...event, outcome: 'failed', count: 0, error: message });
      throw error;
    } finally {
      onChange();
    }
  }
}

/** Where replies say how many were changed; one, where they only name what was made. */
function countOf(reply: unknown): number {
  if (!isFields(reply)) return 0;
  const count = reply['changed'] ?? reply['done'] ?? reply['deleted'];
  return typeof count === 'number' ? count : 1;
}
