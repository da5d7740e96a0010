import {
  type CanActivate,
  type ExecutionContext,
  ForbiddenException,
  Inject,
  Injectable,
  type OnModuleInit,
  type Type,
} from '@nestjs/common';
import { ContextIdFactory, ModuleRef } from '@nestjs/core';
import { firstValueFrom, isObservable } from 'rxjs';
import type { DashboardGuard } from '../dashboard-options.js';
import type { DashboardSettings } from '../dashboard-settings.js';
import { DASHBOARD_SETTINGS } from '../dashboard.tokens.js';

/** Gives a guard for one request. */
type GuardFor = (request: object) => Promise<CanActivate>;

/** Asks the user's guards, in their order. They are known only once the options are. */
@Injectable()
export class VisitorGuard implements CanActivate, OnModuleInit {
  #guards: readonly GuardFor[] = [];

  constructor(
    @Inject(DASHBOARD_SETTINGS) private readonly settings: DashboardSettings,
    private readonly modules: ModuleRef,
  ) {}

  /** One that cannot be made stops the bootstrap. */
  async onModuleInit(): Promise<void> {
    const { guards = [] } = this.settings;
    this.#guards = await Promise.all(guards.map((guard) => this.#guardFor(guard)));
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request: object = context.switchToHttp().getRequest();
    for (const guardFor of this.#guards) {
      const answer = (await guardFor(request)).canActivate(context);
      const agrees = await (isObservable(answer) ? firstValueFrom(answer) : answer);
      if (!agrees) throw new ForbiddenException('a guard of this application refuses you');
    }
    return true;
  }

  async #guardFor(guard: DashboardGuard): Promise<GuardFor> {
    if (isInstance(guard)) return async () => guard;
    if (this.#isProvided(guard)) return (request) => this.#resolve(guard, request);
    const made = await this.modules.create<CanActivate>(guard);
    return async () => made;
  }

  /** Of whatever scope it is. */
  #resolve(guard: Type<CanActivate>, request: object): Promise<CanActivate> {
    const id = ContextIdFactory.getByRequest(request);
    this.modules.registerRequestByContextId(request, id);
    return this.modules.resolve<CanActivate>(guard, id, { strict: false });
  }

  #isProvided(guard: Type<CanActivate>): boolean {
    try {
      this.modules.introspect(guard);
      return true;
    } catch {
      return false;
    }
  }
}

function isInstance(guard: DashboardGuard): guard is CanActivate {
  return typeof guard === 'object';
}
