import { InvalidOptionsError } from '../../core/errors.js';

export const DEFAULT_PREFIX = 'tasqueue';

/**
 * What all keys of one prefix begin with. The braces put them into one hash slot of a cluster, so that a
 * script may touch any of them. Throws InvalidOptionsError for a prefix that would break that.
 */
export function baseKey(keyPrefix: string, prefix: string): string {
  if (prefix === '' || prefix.includes('}'))
    throw new InvalidOptionsError('Redis', [
      `prefix must be a text that is not empty and has no '}'; got '${prefix}'`,
    ]);
  return `${keyPrefix}{${prefix}}`;
}
