import { expected, type Check } from './check.js';
import { isClass, show } from './show.js';
import { isFields } from './shape.js';

/** The methods of a port, each named once: one that is missing or gone does not compile. */
export type MethodsOf<Port> = {
  readonly [Key in keyof Port as Port[Key] extends (...args: never) => unknown ? Key : never]: true;
};

/** An object that can do what a port asks, whoever made it. */
export function methods(what: string, names: Readonly<Record<string, true>>): Check {
  return (value, at) => {
    if (isClass(value))
      return [`${expected(what, at, value)}: pass an instance, new ${value.name}(…)`];
    if (!isFields(value)) return [expected(what, at, value)];
    const missing = Object.keys(names).filter((name) => typeof value[name] !== 'function');
    return missing.length === 0
      ? []
      : [`${at}: expected ${what}, got ${show(value)} without ${missing.join(', ')}`];
  };
}
