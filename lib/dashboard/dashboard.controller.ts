import {
  All,
  Controller,
  Get,
  Inject,
  Req,
  Res,
  type Type,
  UseFilters,
  UseGuards,
  VERSION_NEUTRAL,
} from '@nestjs/common';
import { VisitorGuard } from './access/visitor.guard.js';
import { Dashboard } from './dashboard.js';
import { RefusalFilter } from './http/refusal.filter.js';
import type { ServerReply, ServerRequest } from './http/server-request.js';

export interface DashboardController {
  readonly type: Type;
  /** Names its routes. `anything`: how the application's server spells the rest of a path. */
  readonly route: (anything: string) => void;
}

/**
 * A controller that answers below this path, whatever versioning the application has. It answers by itself,
 * so that global pipes and interceptors of the application cannot change what the contract says; guards apply.
 */
export function dashboardControllerAt(path: string): DashboardController {
  @Controller({ path, version: VERSION_NEUTRAL })
  @UseGuards(VisitorGuard)
  class TasqueueDashboardController {
    constructor(@Inject(Dashboard) private readonly dashboard: Dashboard) {}

    @UseFilters(RefusalFilter)
    call(@Req() request: ServerRequest, @Res() reply: ServerReply): Promise<void> {
      return this.dashboard.call(request, reply);
    }

    /** What is refused here is the application's to answer: it may lead to its login. */
    page(@Req() request: ServerRequest, @Res() reply: ServerReply): Promise<void> {
      return this.dashboard.page(request, reply);
    }
  }
  const decorate = (method: 'call' | 'page', decorator: MethodDecorator): void => {
    const { prototype } = TasqueueDashboardController;
    const descriptor = Object.getOwnPropertyDescriptor(prototype, method);
    if (descriptor) decorator(prototype, method, descriptor);
  };
  return {
    type: TasqueueDashboardController,
    route: (anything) => {
      decorate('call', All(`api/${anything}`));
      decorate('page', Get(['', anything]));
    },
  };
}
