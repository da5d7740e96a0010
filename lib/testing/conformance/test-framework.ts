import { InvalidOptionsError } from '../../core/errors.js';

/**
 * The four functions that a conformance suite needs of a test framework. Those of Vitest, Jest, Mocha
 * and node:test fit as they are.
 */
export interface TestFramework {
  readonly describe: (name: string, define: () => void) => unknown;
  readonly it: (name: string, run: () => Promise<void>) => unknown;
  readonly beforeEach: (run: () => Promise<void>) => unknown;
  readonly afterEach: (run: () => Promise<void>) => unknown;
}

const NEEDED = ['describe', 'it', 'beforeEach', 'afterEach'] as const;

/**
 * The framework to run a suite with: the one given, or else the functions in the global scope.
 * Throws InvalidOptionsError that names what is missing.
 */
export function testFramework(given?: TestFramework): TestFramework {
  const scope: object = globalThis;
  const found: Partial<TestFramework> = given ?? scope;
  const missing = NEEDED.filter((name) => typeof found[name] !== 'function');
  const { describe, it, beforeEach, afterEach } = found;
  if (describe && it && beforeEach && afterEach && missing.length === 0)
    return { describe, it, beforeEach, afterEach };
  throw new InvalidOptionsError('conformance suite', [
    `no ${missing.join(', ')} in ${given ? 'the given test framework' : 'the global scope'}: ` +
      'hand in { describe, it, beforeEach, afterEach } of your test framework as the third argument',
  ]);
}
