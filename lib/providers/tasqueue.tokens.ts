import type { InjectionToken } from '@nestjs/common';
import { TasqueueAdmin } from '../core/admin/tasqueue-admin.js';
import { TasqueueClient } from '../core/client/tasqueue-client.js';
import { TasqueueRunner } from '../core/worker/tasqueue-runner.js';
import { TasqueueEvents } from './tasqueue-events.js';

/** The token of a client: `moduleRef.get(getTasqueueToken('reports'))`. Without a name: `TasqueueClient`. */
export function getTasqueueToken(name?: string): InjectionToken<TasqueueClient> {
  return tokenOf(TasqueueClient, name);
}

export function getTasqueueAdminToken(name?: string): InjectionToken<TasqueueAdmin> {
  return tokenOf(TasqueueAdmin, name);
}

export function getTasqueueRunnerToken(name?: string): InjectionToken<TasqueueRunner> {
  return tokenOf(TasqueueRunner, name);
}

export function getTasqueueEventsToken(name?: string): InjectionToken<TasqueueEvents> {
  return tokenOf(TasqueueEvents, name);
}

/** The options as they were handed in. */
export function getTasqueueOptionsToken(name?: string): string {
  return named('TASQUEUE_OPTIONS', name);
}

/** The composition root of core. */
export function getTasqueueInstanceToken(name?: string): string {
  return named('TASQUEUE_INSTANCE', name);
}

/** What core takes from the world: clock, chance, cron, log. One for all instances. */
export const TASQUEUE_ENVIRONMENT = 'TASQUEUE_ENVIRONMENT';

/** Makes a Tasqueue of options and environment. One for all instances: the place to swap the stores in tests. */
export const TASQUEUE_ASSEMBLY = 'TASQUEUE_ASSEMBLY';

function tokenOf(type: { readonly name: string } & InjectionToken, name: string | undefined) {
  return name === undefined ? type : named(type.name, name);
}

function named(token: string, name: string | undefined): string {
  return name === undefined ? token : `${token}(${name})`;
}
