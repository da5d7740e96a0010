import type { FactoryProvider, InjectionToken } from '@nestjs/common';
import { ExternalContextCreator, ModulesContainer } from '@nestjs/core';
import type { Environment } from '../core/environment.js';
import type { TasqueueOptions } from '../core/options.js';
import type { Tasqueue } from '../core/tasqueue.js';
import {
  getTasqueueAdminToken,
  getTasqueueEventsToken,
  getTasqueueInstanceToken,
  getTasqueueOptionsToken,
  getTasqueueRunnerToken,
  getTasqueueToken,
  TASQUEUE_ASSEMBLY,
  TASQUEUE_ENVIRONMENT,
} from './tasqueue.tokens.js';
import { TasqueueEvents } from './tasqueue-events.js';
import { TasqueueStoresLifecycle } from './tasqueue-stores.lifecycle.js';

/** Makes a Tasqueue of what the user said and what the world offers. */
export type TasqueueAssembly = (options: TasqueueOptions, environment: Environment) => Tasqueue;

/** What an instance gives to the app. */
export function instanceProviders(name: string | undefined): FactoryProvider[] {
  return [
    {
      provide: getTasqueueInstanceToken(name),
      useFactory: (
        assemble: TasqueueAssembly,
        options: TasqueueOptions,
        environment: Environment,
      ) => assemble(options, environment),
      inject: [TASQUEUE_ASSEMBLY, getTasqueueOptionsToken(name), TASQUEUE_ENVIRONMENT],
    },
    partOf(name, getTasqueueToken(name), ({ client }) => client),
    partOf(name, getTasqueueAdminToken(name), ({ admin }) => admin),
    partOf(name, getTasqueueRunnerToken(name), ({ runner }) => runner),
    partOf(
      name,
      getTasqueueEventsToken(name),
      ({ events, allEvents }) => new TasqueueEvents(events, allEvents),
    ),
  ];
}

/** Ties an instance's handlers and stores to the life of the app. */
export function storesLifecycle(name: string | undefined): FactoryProvider {
  return {
    provide: TasqueueStoresLifecycle,
    useFactory: (
      tasqueue: Tasqueue,
      events: TasqueueEvents,
      environment: Environment,
      ...nest: [ModulesContainer, ExternalContextCreator]
    ) => {
      const [modules, creator] = nest;
      return new TasqueueStoresLifecycle({ tasqueue, events, environment, modules, creator });
    },
    inject: [
      getTasqueueInstanceToken(name),
      getTasqueueEventsToken(name),
      TASQUEUE_ENVIRONMENT,
      ModulesContainer,
      ExternalContextCreator,
    ],
  };
}

function partOf<Part>(
  name: string | undefined,
  provide: InjectionToken<Part>,
  take: (tasqueue: Tasqueue) => Part,
): FactoryProvider<Part> {
  return { provide, useFactory: take, inject: [getTasqueueInstanceToken(name)] };
}
