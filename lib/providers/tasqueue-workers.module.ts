import { type DynamicModule, Module } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { Environment } from '../core/environment.js';
import type { Tasqueue } from '../core/tasqueue.js';
import { getTasqueueInstanceToken, TASQUEUE_ENVIRONMENT } from './tasqueue.tokens.js';
import { TasqueueWorkersLifecycle } from './tasqueue-workers.lifecycle.js';

/**
 * Holds the workers of one instance. A module of its own, because Nest orders hooks by module, and the
 * workers have to stop first where the connections have to stop last.
 */
@Module({})
export class TasqueueWorkersModule {
  static for(name: string | undefined): DynamicModule {
    return {
      module: TasqueueWorkersModule,
      providers: [
        {
          provide: TasqueueWorkersLifecycle,
          useFactory: (tasqueue: Tasqueue, environment: Environment, modules: ModulesContainer) =>
            new TasqueueWorkersLifecycle(tasqueue, environment, modules),
          inject: [getTasqueueInstanceToken(name), TASQUEUE_ENVIRONMENT, ModulesContainer],
        },
      ],
    };
  }
}
