import { inspect, isDeepStrictEqual } from 'node:util';
import { isFields } from '../../core/validation/shape.js';

/** What `expect.any(String)` and its like are, in Jest and Vitest alike. */
interface Matcher {
  asymmetricMatch(value: unknown): boolean;
  toAsymmetricMatcher?(): string;
  toString(): string;
}

const SHORT = { depth: 4, breakLength: Infinity, maxStringLength: 200 };

/**
 * Compares what is there with what is expected of it. `travelled` gives a value as the codec would
 * hand it over.
 */
export class Comparison {
  constructor(private readonly travelled: (value: unknown) => unknown) {}

  /** Where they differ, each as `path: expected X, got Y`. Keys that are not expected may be there. */
  differences(expected: unknown, actual: unknown, path = ''): string[] {
    if (isMatcher(expected))
      return expected.asymmetricMatch(actual) ? [] : [differing(path, expected, actual)];
    if (Array.isArray(expected)) return this.#ofArrays(expected, actual, path);
    if (isPlain(expected)) return this.#ofFields(expected, actual, path);
    const meant = expected === undefined ? undefined : this.travelled(expected);
    // Dates and the like may travel as text, instances of classes as plain objects.
    if (isPlain(meant)) return this.#ofFields(meant, actual, path);
    return isDeepStrictEqual(meant, actual) ? [] : [differing(path, meant, actual)];
  }

  #ofArrays(expected: readonly unknown[], actual: unknown, path: string): string[] {
    if (!Array.isArray(actual)) return [differing(path, expected, actual)];
    if (actual.length !== expected.length)
      return [`${label(path)}expected ${items(expected)}, got ${actual.length}`];
    return expected.flatMap((item, index) =>
      this.differences(item, actual[index], `${path}[${index}]`),
    );
  }

  #ofFields(expected: Readonly<Record<string, unknown>>, actual: unknown, path: string): string[] {
    if (!isFields(actual)) return [differing(path, expected, actual)];
    return Object.entries(expected).flatMap(([key, value]) =>
      this.differences(value, actual[key], path === '' ? key : `${path}.${key}`),
    );
  }
}

/** A value as it stands in a message. */
export function shown(value: unknown): string {
  return inspect(legible(value), SHORT);
}

function legible(value: unknown): unknown {
  if (isMatcher(value))
    return { [inspect.custom]: () => value.toAsymmetricMatcher?.() ?? value.toString() };
  if (Array.isArray(value)) return value.map(legible);
  return isPlain(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, legible(item)]))
    : value;
}

function differing(path: string, expected: unknown, actual: unknown): string {
  const got = actual === undefined ? 'nothing is there' : `got ${shown(actual)}`;
  return `${label(path)}expected ${shown(expected)}, ${got}`;
}

function items({ length }: readonly unknown[]): string {
  return length === 1 ? '1 item' : `${length} items`;
}

function label(path: string): string {
  return path === '' ? '' : `${path}: `;
}

function isMatcher(value: unknown): value is Matcher {
  return isFields(value) && typeof value['asymmetricMatch'] === 'function';
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isFields(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
