import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import type { ExternalContextCreator, ModulesContainer } from '@nestjs/core';
import type { Environment } from '../core/environment.js';
import { InvalidOptionsError } from '../core/errors.js';
import type { Tasqueue } from '../core/tasqueue.js';
import { loadEnhancers } from './enhancer-loader.js';
import { EventExplorer } from './event.explorer.js';
import { findHosts } from './handler-host.js';
import { HandlerInvoker } from './handler-invoker.js';
import { placeModules } from './module-order.js';
import { orClose } from './or-close.js';
import { NestEnhancers } from './nest-enhancers.js';
import { TaskExplorer } from './task.explorer.js';
import type { TasqueueEvents } from './tasqueue-events.js';

/** What stands around one instance in a Nest app. */
export interface TasqueueSurroundings {
  readonly tasqueue: Tasqueue;
  readonly events: TasqueueEvents;
  readonly environment: Environment;
  readonly modules: ModulesContainer;
  readonly creator: ExternalContextCreator;
}

/**
 * Finds the handlers and connects the stores before any `onModuleInit` of the user's, so that enqueueing
 * works from there on; closes them after everything else has shut down.
 */
export class TasqueueStoresLifecycle implements OnModuleInit, OnApplicationShutdown {
  #unsubscribe: (() => void) | undefined;

  constructor(private readonly around: TasqueueSurroundings) {
    placeModules(around.modules, TasqueueStoresLifecycle, 'first-to-start');
  }

  async onModuleInit(): Promise<void> {
    const { tasqueue } = this.around;
    await orClose(tasqueue, async () => {
      await this.#explore();
      await tasqueue.connect();
    });
  }

  async onApplicationShutdown(): Promise<void> {
    const { tasqueue, events } = this.around;
    await tasqueue.close();
    events.complete();
    this.#unsubscribe?.();
  }

  get tasqueue(): Tasqueue {
    return this.around.tasqueue;
  }

  async #explore(): Promise<void> {
    const { tasqueue, environment, modules, creator } = this.around;
    const { name, useGlobalEnhancers } = tasqueue.settings;
    const instances = instancesOf(modules).map(({ settings }) => settings.name);
    refuseTwins(name, instances);
    const hosts = findHosts(modules);
    for (const host of hosts) await loadEnhancers(host);
    const invoker = new HandlerInvoker(new NestEnhancers(creator, useGlobalEnhancers));
    const explorer = new TaskExplorer({ hosts, invoker, cron: environment.cron, instances });
    tasqueue.register(explorer.explore(tasqueue.settings));
    this.#unsubscribe = new EventExplorer(hosts, invoker, environment.log).explore(name, tasqueue);
  }
}

/** All instances of the app. */
export function instancesOf(modules: ModulesContainer): Tasqueue[] {
  return [...modules.values()].flatMap((module) => {
    const lifecycle = module.getProviderByKey(TasqueueStoresLifecycle)?.instance;
    return lifecycle instanceof TasqueueStoresLifecycle ? [lifecycle.tasqueue] : [];
  });
}

/** The last of two would win silently in some modules and lose in others. */
function refuseTwins(name: string | undefined, instances: readonly (string | undefined)[]): void {
  if (instances.filter((other) => other === name).length < 2) return;
  const problem =
    name === undefined
      ? 'imported twice without a name: import it once, it is global, or give the second one a name'
      : `imported twice with the name '${name}': import it once, it is global, or choose another name`;
  throw new InvalidOptionsError('TasqueueModule', [problem]);
}
