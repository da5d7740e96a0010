import { describe, expect, it } from 'vitest';
import { didYouMean } from '../../lib/core/did-you-mean.js';

const OPTIONS = ['maxRetries', 'backoff', 'timeout', 'priority', 'eta', 'delay', 'id', 'lease'];

describe('didYouMean', () => {
  it.each([
    ['maxRetrys', 'maxRetries'],
    ['maxretries', 'maxRetries'],
    ['prioritty', 'priority'],
    ['timoeut', 'timeout'],
    ['ID', 'id'],
    ['dealy', 'delay'],
    ['eat', 'eta'],
    ['retries', 'maxRetries'],
    ['leaseMs', 'lease'],
  ])('takes %s for %s', (word, meant) => {
    expect(didYouMean(word, OPTIONS)).toBe(meant);
  });

  it.each(['concurrency', 'x', '', 'zzzzzzzzzz'])('has no guess at %j', (word) => {
    expect(didYouMean(word, OPTIONS)).toBeUndefined();
  });

  it('takes the nearest of several', () => {
    expect(didYouMean('dela', ['delta', 'delay', 'del'])).toBe('delta');
    expect(didYouMean('delay', ['relay', 'delays', 'delay'])).toBe('delay');
  });
});
