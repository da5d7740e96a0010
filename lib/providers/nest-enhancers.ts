import type { ArgumentsHost, CanActivate, NestInterceptor, PipeTransform } from '@nestjs/common';
import type { ContextId, ExternalContextCreator, ParamsFactory } from '@nestjs/core';
import {
  type Callback,
  type CatchingFilter,
  type ContextParts,
  type Finder,
  partsOf,
  ROUTE_ARGS_METADATA,
  withoutGlobals,
} from './nest-internals.js';
import { TASQUEUE_CONTEXT } from './tasqueue-context-type.js';

/** The method that enhancers surround: of which instance, in which module and context. */
export interface EnhancerTarget {
  readonly instance: object;
  readonly callback: Callback;
  readonly methodName: string;
  readonly moduleKey: string;
  /** Undefined: the static one. */
  readonly contextId?: ContextId | undefined;
  readonly inquirerId?: string | undefined;
}

/** What Nest's parameter decorators store, under `kind:index`. */
export type DecoratedParams = Readonly<Record<string, DecoratedParam>>;

export interface DecoratedParam {
  readonly index: number;
  readonly data?: unknown;
  readonly pipes: readonly unknown[];
}

/** Finds what surrounds a method, and runs it, with Nest's own means. */
export class NestEnhancers {
  readonly #parts: ContextParts;
  readonly #finder: <Found, Part extends Finder<Found>>(part: Part) => Part;

  /** Without `global`, what is declared for the whole app (`APP_GUARD`, `useGlobalPipes()`) is left out. */
  constructor(
    private readonly creator: ExternalContextCreator,
    global: boolean,
  ) {
    this.#parts = partsOf(creator);
    this.#finder = global ? (part) => part : withoutGlobals;
  }

  guards(target: EnhancerTarget): CanActivate[] {
    return this.#finder(this.#parts.guardsContextCreator).create(...at(target));
  }

  interceptors(target: EnhancerTarget): NestInterceptor[] {
    return this.#finder(this.#parts.interceptorsContextCreator).create(...at(target));
  }

  pipes(target: EnhancerTarget): PipeTransform[] {
    return this.#finder(this.#parts.pipesContextCreator).create(...at(target));
  }

  filters(target: EnhancerTarget): readonly CatchingFilter[] {
    return this.#finder(this.#parts.filtersContextCreator).create(...at(target)).filters;
  }

  params({ instance, methodName }: EnhancerTarget): DecoratedParams {
    const { contextUtils } = this.#parts;
    return (
      contextUtils.reflectCallbackMetadata<DecoratedParams | undefined>(
        instance,
        methodName,
        ROUTE_ARGS_METADATA,
      ) ?? {}
    );
  }

  /** Fills an array of arguments with what the parameters ask of `args`, each sent through its pipes. */
  argumentsOf(
    target: EnhancerTarget,
    params: DecoratedParams,
    pick: ParamsFactory['exchangeKeyForValue'],
  ): (args: readonly unknown[]) => Promise<unknown[]> {
    const { instance, methodName, moduleKey, contextId, inquirerId } = target;
    const { contextUtils } = this.#parts;
    const keys = Object.keys(params);
    const described = contextUtils.mergeParamsMetatypes(
      this.creator.exchangeKeysForValues(
        keys,
        params,
        moduleKey,
        { exchangeKeyForValue: pick },
        contextId,
        inquirerId,
        this.#contextOf(target),
      ),
      contextUtils.reflectCallbackParamtypes(instance, methodName),
    );
    const fill = this.creator.createPipesFn(this.pipes(target), described);
    const length = contextUtils.getArgumentsLength(keys, params);
    return async (args) => {
      const picked: unknown[] = contextUtils.createNullArray(length);
      await fill?.(picked, ...args);
      return picked;
    };
  }

  admits(guard: CanActivate, target: EnhancerTarget, args: unknown[]): Promise<boolean> {
    const { guardsConsumer } = this.#parts;
    const { instance, callback } = target;
    return guardsConsumer.tryActivate([guard], args, instance, callback, TASQUEUE_CONTEXT);
  }

  intercept(
    interceptors: NestInterceptor[],
    target: EnhancerTarget,
    args: unknown[],
    next: () => Promise<unknown>,
  ): Promise<unknown> {
    const { interceptorsConsumer } = this.#parts;
    const { instance, callback } = target;
    return interceptorsConsumer.intercept(
      interceptors,
      args,
      instance,
      callback,
      next,
      TASQUEUE_CONTEXT,
    );
  }

  host(target: EnhancerTarget, args: unknown[]): ArgumentsHost {
    return this.#contextOf(target)(args);
  }

  #contextOf({ instance, callback }: EnhancerTarget) {
    return this.#parts.contextUtils.getContextFactory(TASQUEUE_CONTEXT, instance, callback);
  }
}

function at({ instance, callback, moduleKey, contextId, inquirerId }: EnhancerTarget) {
  return [instance, callback, moduleKey, contextId, inquirerId] as const;
}
