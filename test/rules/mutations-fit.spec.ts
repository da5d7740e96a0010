import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { mutated } from '../support/mutation/mutation.js';
import { MUTATIONS } from './mutations.js';

const ROOT = new URL('../../', import.meta.url);

it.each(MUTATIONS)('rule $rule can still be switched off: it $name', ({ spec, ...mutation }) => {
  const source = readFileSync(new URL(mutation.file, ROOT), 'utf8');
  expect(mutated(source, mutation)).not.toBe(source);
  expect(existsSync(new URL(spec, ROOT))).toBe(true);
});

it('every rule can be switched off', () => {
  const rules = new Set(MUTATIONS.map(({ rule }) => rule));
  expect([...rules]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
});

it.each([
  ['is not there any more', 'a = 1;'],
  ['is there twice', 'f(); g(); f();'],
])('a mutation is refused when what it changes %s', (_, source) => {
  const mutation = { file: 'lib/x.ts', find: 'f();', replace: '' };
  expect(() => mutated(source, mutation)).toThrow(/^lib\/x\.ts holds [02] times/);
});
