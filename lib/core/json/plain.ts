/** Deeper values take the careful way, which notices circles. */
const DEPTH = 32;

/**
 * A quick look that nearly every payload passes: strings, numbers, dates and so on in ordinary objects
 * and arrays. False means "look closer".
 */
export function isPlain(value: unknown, depth = DEPTH): boolean {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'undefined':
      return true;
    case 'object':
      return value === null || isPlainObject(value, depth);
    default:
      return false;
  }
}

function isPlainObject(value: object, depth: number): boolean {
  if (depth === 0) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype) {
    for (const key in value) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- indexed by its own key
      if (!isPlain((value as Record<string, unknown>)[key], depth - 1)) return false;
    }
    return true;
  }
  if (prototype === Array.prototype && Array.isArray(value)) {
    for (const item of value) if (!isPlain(item, depth - 1)) return false;
    return true;
  }
  return prototype === Date.prototype;
}
