import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';
import type { CancelTimer } from '../core/clock.js';
import type { Environment } from '../core/environment.js';
import type { Tasqueue } from '../core/tasqueue.js';
import { placeModules } from './module-order.js';
import { orClose } from './or-close.js';

/** `enableShutdownHooks()` may come after the bootstrap, as it must with `createApplicationContext()`. */
const HOOKS_ENABLED_WITHIN_MS = 1_000;

/**
 * Starts the workers once every `onApplicationBootstrap` has run, and drains them before the first
 * `onModuleDestroy`: handlers may use all that the app has, to the end.
 */
export class TasqueueWorkersLifecycle implements OnApplicationBootstrap, OnModuleDestroy {
  #cancelCheck: CancelTimer | undefined;

  constructor(
    private readonly tasqueue: Tasqueue,
    private readonly environment: Environment,
    modules: ModulesContainer,
  ) {
    placeModules(modules, TasqueueWorkersLifecycle, 'first-to-stop');
  }

  async onApplicationBootstrap(): Promise<void> {
    await orClose(this.tasqueue, () => this.tasqueue.start());
    if (this.tasqueue.settings.role === 'producer') return;
    const { clock } = this.environment;
    this.#cancelCheck = clock.timer(HOOKS_ENABLED_WITHIN_MS, () => this.#checkShutdownHooks());
  }

  async onModuleDestroy(): Promise<void> {
    this.#cancelCheck?.();
    await this.tasqueue.stop();
  }

  /** Nest does not show whether its hooks are enabled; that anybody listens to SIGTERM has to do. */
  #checkShutdownHooks(): void {
    if (process.listenerCount('SIGTERM') > 0) return;
    this.environment.log.warn(
      'workers run, and nothing handles SIGTERM: running jobs are cut off at every deploy and come ' +
        'back only when their lease has lapsed; call app.enableShutdownHooks()',
    );
  }
}
