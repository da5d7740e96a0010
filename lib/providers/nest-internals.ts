/**
 * What this package needs of Nest beyond its public API, all in this file and nest-enhancers.ts;
 * test/nest/ fails where a version of Nest has it otherwise. Nest's own packages build on the same.
 */
import type { CanActivate, ExceptionFilter, NestInterceptor, Type } from '@nestjs/common';
import {
  EXCEPTION_FILTERS_METADATA,
  GUARDS_METADATA,
  INTERCEPTORS_METADATA,
  PIPES_METADATA,
} from '@nestjs/common/constants.js';
import type {
  ContextId,
  DiscoveryService,
  ExternalContextCreator,
  ModulesContainer,
} from '@nestjs/core';
import type { GuardsConsumer } from '@nestjs/core/guards/guards-consumer.js';
import type { ContextUtils } from '@nestjs/core/helpers/context-utils.js';
import type { InterceptorsConsumer } from '@nestjs/core/interceptors/interceptors-consumer.js';
import type { PipesContextCreator } from '@nestjs/core/pipes/pipes-context-creator.js';

export { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
export { REQUEST_CONTEXT_ID } from '@nestjs/core/router/request/request-constants.js';

/** Under which key each kind of enhancer is stored, on a method or its class. */
export const ENHANCERS_METADATA = [
  [GUARDS_METADATA, 'guard'],
  [INTERCEPTORS_METADATA, 'interceptor'],
  [PIPES_METADATA, 'pipe'],
  [EXCEPTION_FILTERS_METADATA, 'filter'],
] as const;

/** A module as the container holds it. */
export type HostModule = ModulesContainer extends Map<string, infer Module> ? Module : never;

/** A provider or controller as the container holds it. */
export type Wrapper = ReturnType<DiscoveryService['getProviders']>[number];

export type Callback = Parameters<PipesContextCreator['create']>[1];

/** A filter, and the errors that it catches; none named means all. */
export interface CatchingFilter {
  readonly func: ExceptionFilter['catch'];
  readonly exceptionMetatypes?: readonly Type[] | undefined;
}

/** Finds the enhancers of one kind for a method: the app's, the class's, the method's. */
export interface Finder<Found> {
  create(
    instance: object,
    callback: Callback,
    moduleKey: string,
    contextId?: ContextId,
    inquirerId?: string,
  ): Found;
}

/** What an ExternalContextCreator is made of. */
export interface ContextParts {
  readonly guardsContextCreator: Finder<CanActivate[]>;
  readonly interceptorsContextCreator: Finder<NestInterceptor[]>;
  readonly pipesContextCreator: PipesContextCreator;
  readonly filtersContextCreator: Finder<{ readonly filters: readonly CatchingFilter[] }>;
  readonly guardsConsumer: GuardsConsumer;
  readonly interceptorsConsumer: InterceptorsConsumer;
  readonly contextUtils: ContextUtils;
}

export function partsOf(creator: ExternalContextCreator): ContextParts {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- private members, whose types Nest does not publish
  return creator as unknown as ContextParts;
}

/** The same part of Nest, blind to what is declared for the whole app. */
export function withoutGlobals<Part extends object>(part: Part): Part {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it inherits all that the part has
  return Object.create(part, { getGlobalMetadata: { value: () => [] } }) as Part;
}
