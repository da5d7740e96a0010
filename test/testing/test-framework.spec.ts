import * as nodeTest from 'node:test';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { InvalidOptionsError } from '../../lib/core/errors.js';
import { testFramework, type TestFramework } from '../../lib/testing/conformance/test-framework.js';

const vitestFramework: TestFramework = { describe, it, beforeEach, afterEach };

describe('testFramework', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('takes the functions that are handed in', () => {
    expect(testFramework(vitestFramework)).toEqual(vitestFramework);
  });

  it('takes those of node:test as they are', () => {
    expect(testFramework(nodeTest).it).toBe(nodeTest.it);
  });

  it('takes the functions of the global scope when none are handed in', () => {
    for (const [name, value] of Object.entries(vitestFramework)) vi.stubGlobal(name, value);

    expect(testFramework()).toEqual(vitestFramework);
  });

  it('says what to hand in when there is no framework in sight', () => {
    expect(() => testFramework()).toThrow(InvalidOptionsError);
    expect(() => testFramework()).toThrow(/no describe, it, beforeEach, afterEach in the global/);
    expect(() => testFramework()).toThrow(/third argument/);
  });

  it('names what is missing in a framework handed in', () => {
    const partly: object = { ...vitestFramework, it: undefined };

    // @ts-expect-error -- what JavaScript callers may do
    expect(() => testFramework(partly)).toThrow(/no it in the given test framework/);
  });
});
