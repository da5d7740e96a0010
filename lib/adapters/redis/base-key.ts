import { InvalidOptionsError } from '../../core/errors.js';
import { show } from '../../core/validation/show.js';
import { isStorable } from '../../core/validation/values.js';

export const DEFAULT_PREFIX = 'tasqueue';

/**
 * What all keys of one prefix begin with. The braces put them into one hash slot of a cluster, so that a
 * script may touch any of them. Throws InvalidOptionsError for a prefix that would break that.
 */
export function baseKey(keyPrefix: string, prefix: string): string {
  if (!isStorable(prefix) || prefix.includes('}'))
    throw new InvalidOptionsError('Redis', [
      `prefix must be a text of 1 to 1,200 bytes without '}' and broken unicode; got ${show(prefix)}`,
    ]);
  return `${keyPrefix}{${prefix}}`;
}
