import {
  type Declaration,
  declarationsOf,
  type Method,
} from '../decorators/task-metadata.accessor.js';

/** A method that carries decorators of ours. */
export interface DecoratedMethod {
  readonly name: string;
  /** The one that a call by name reaches. */
  readonly method: Method;
  /** The one that carries the decorators: another when a subclass overrides it without repeating them. */
  readonly declaredOn: Method;
  readonly declarations: readonly Declaration[];
}

const scanned = new WeakMap<object, readonly DecoratedMethod[]>();

/** The decorated methods of a class and those that it inherits. Reads descriptors, so no getter runs. */
export function decoratedMethods(prototype: object): readonly DecoratedMethod[] {
  const known = scanned.get(prototype);
  if (known) return known;
  const methods = [...methodsOf(prototype)].flatMap(([name, versions]) => {
    const method = versions[0];
    const declaredOn = versions.find((version) => declarationsOf(version).length > 0);
    return method && declaredOn
      ? [{ name, method, declaredOn, declarations: declarationsOf(declaredOn) }]
      : [];
  });
  scanned.set(prototype, methods);
  return methods;
}

/** All versions of each method along the chain, the one that overrides the others first. */
function methodsOf(prototype: object): Map<string, Method[]> {
  const methods = new Map<string, Method[]>();
  const hidden = new Set(['constructor']);
  for (const level of levelsOf(prototype))
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(level))) {
      const value: unknown = descriptor.value;
      // What is no method hides those below it: a call by name does not get past it.
      if (!isMethod(value)) hidden.add(name);
      else if (!hidden.has(name)) methods.set(name, [...(methods.get(name) ?? []), value]);
    }
  return methods;
}

function levelsOf(prototype: object): object[] {
  if (prototype === Object.prototype) return [];
  const next: unknown = Object.getPrototypeOf(prototype);
  return typeof next === 'object' && next ? [prototype, ...levelsOf(next)] : [prototype];
}

function isMethod(value: unknown): value is Method {
  return typeof value === 'function';
}

/** By name, at the time of the call: spies and overrides set on the instance count. */
export function methodOf(instance: object, name: string): Method {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- found under this name while scanning
  return Reflect.get(instance, name) as Method;
}
