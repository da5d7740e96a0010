import { didYouMean } from '../did-you-mean.js';
import { expected, type Check } from './check.js';

/** A check for each key that `Options` has: a forgotten one does not compile. */
export type Table<Options> = { readonly [Key in keyof Required<Options>]: Check };

export type Fields = Readonly<Record<string, unknown>>;

/** What must hold between keys: the problem, or undefined. */
export type Rule = (options: Fields) => string | undefined;

export interface ShapeTerms {
  readonly required?: readonly string[] | undefined;
  readonly rules?: readonly Rule[] | undefined;
}

/** An object with these keys and no others; a key whose value is undefined counts as absent. */
export function shape(table: Readonly<Record<string, Check>>, terms: ShapeTerms = {}): Check {
  const known = Object.keys(table);
  const { required = [], rules = [] } = terms;
  return (value, at) => {
    if (!isFields(value)) return [expected('an object', at || 'options', value)];
    const problems: string[] = [];
    for (const key of required)
      if (value[key] === undefined) problems.push(expected('a value', path(at, key), undefined));
    for (const key of Object.keys(value)) {
      if (value[key] === undefined) continue;
      const check = Object.hasOwn(table, key) ? table[key] : undefined;
      if (check) problems.push(...check(value[key], path(at, key)));
      else problems.push(unknownKey(key, at, known));
    }
    for (const rule of rules) {
      const problem = rule(value);
      if (problem !== undefined) problems.push(problem);
    }
    return problems;
  };
}

/** An object whose keys are the user's own. */
export function recordOf(key: Check, item: Check): Check {
  return (value, at) =>
    isFields(value)
      ? Object.entries(value).flatMap(([name, element]) => [
          ...key(name, `${at}: key`),
          ...item(element, path(at, name)),
        ])
      : [expected('an object', at, value)];
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function path(at: string, key: string): string {
  return at === '' ? key : `${at}.${key}`;
}

function unknownKey(key: string, at: string, known: readonly string[]): string {
  const guess = didYouMean(key, known);
  return guess === undefined
    ? expected(`one of the options ${known.join(', ')}`, path(at, key), key)
    : `${expected('a known option', path(at, key), key)} (did you mean '${guess}'?)`;
}
