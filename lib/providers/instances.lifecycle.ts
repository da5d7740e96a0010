import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';
import type { Tasqueue } from '../core/tasqueue.js';
import { placeModules } from './module-order.js';
import { instancesOf } from './tasqueue-stores.lifecycle.js';

/**
 * Attaches something to every Tasqueue instance of the app, named ones too: after the instances have
 * found their stores and before any `onModuleInit` of the user's, until the app has shut down.
 */
export abstract class InstancesLifecycle implements OnModuleInit, OnApplicationShutdown {
  #detach: (() => void)[] = [];

  constructor(private readonly modules: ModulesContainer) {
    placeModules(modules, new.target, 'first-to-start');
  }

  /** The returned function undoes it. */
  protected abstract attach(instance: Tasqueue): () => void;

  onModuleInit(): void {
    this.#detach = instancesOf(this.modules).map((instance) => this.attach(instance));
  }

  onApplicationShutdown(): void {
    for (const detach of this.#detach.splice(0)) detach();
  }
}
