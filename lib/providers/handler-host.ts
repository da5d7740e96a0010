import { ModuleRef, type ModulesContainer } from '@nestjs/core';
import { type DecoratedMethod, decoratedMethods } from './decorated-methods.js';
import type { HostModule, Wrapper } from './nest-internals.js';

/** A class, as its prototypes and Nest's metadata know it. */
type HostType = object['constructor'];

/** A provider or controller with decorated methods. */
export interface HandlerHost {
  /** Its class, of which enhancers and parameters are read. */
  readonly type: HostType;
  readonly methods: readonly DecoratedMethod[];
  readonly module: HostModule;
  readonly wrapper: Wrapper;
  /** The one instance; undefined where each job gets its own (request, durable and transient scope). */
  readonly instance: object | undefined;
}

/** Every host once, however many modules and aliases lead to it. */
export function findHosts(modules: ModulesContainer): HandlerHost[] {
  const seen = new Set<object>();
  return [...modules.values()].flatMap((module) =>
    [...module.providers.values(), ...module.controllers.values()].flatMap((wrapper) => {
      const host = hostOf(module, wrapper);
      const identity = host?.instance ?? wrapper;
      if (!host || seen.has(identity)) return [];
      seen.add(identity);
      return [host];
    }),
  );
}

/** The way into the container from where the host stands. */
export function moduleRefOf({ module }: HandlerHost): ModuleRef {
  return module.getProviderByKey(ModuleRef).instance;
}

function hostOf(module: HostModule, wrapper: Wrapper): HandlerHost | undefined {
  if (wrapper.isAlias) return undefined;
  const scoped = !wrapper.isDependencyTreeStatic() || wrapper.isTransient;
  const instance: unknown = scoped ? undefined : wrapper.instance;
  const prototype = scoped ? prototypeByClass(wrapper) : prototypeOf(instance);
  const methods = prototype ? decoratedMethods(prototype) : [];
  if (!prototype || methods.length === 0) return undefined;
  return {
    type: prototype.constructor,
    methods,
    module,
    wrapper,
    instance: isObject(instance) ? instance : undefined,
  };
}

/** Nothing has been created yet: the class tells, or the token where a factory will create it. */
function prototypeByClass({ metatype, isNotMetatype, token }: Wrapper): object | undefined {
  const type: unknown = isNotMetatype ? token : metatype;
  return typeof type === 'function' && isObject(type.prototype) ? type.prototype : undefined;
}

function prototypeOf(instance: unknown): object | undefined {
  // The prototype, not `instance.constructor`: reading a property may run a getter or a proxy.
  const prototype: unknown = isObject(instance) ? Object.getPrototypeOf(instance) : undefined;
  return isObject(prototype) ? prototype : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
