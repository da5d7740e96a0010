import { InvalidOptionsError } from '../errors.js';
import { show } from './show.js';

/**
 * Looks at one value and says what is wrong with it: `<at>: expected X, got Y`, once per problem.
 * Checks never throw, so that all problems are told at once.
 */
export type Check = (value: unknown, at: string) => readonly string[];

const EITHER = new Intl.ListFormat('en', { type: 'disjunction' });
const NO_PROBLEMS: readonly string[] = [];

export function expected(what: string, at: string, value: unknown): string {
  return `${at}: expected ${what}, got ${show(value)}`;
}

/** A check of a value by itself. */
export function expecting(what: string, holds: (value: unknown) => boolean): Check {
  return (value, at) => (holds(value) ? NO_PROBLEMS : [expected(what, at, value)]);
}

export function oneOf(...allowed: readonly string[]): Check {
  const what = EITHER.format(allowed.map((word) => `'${word}'`));
  return expecting(what, (value) => typeof value === 'string' && allowed.includes(value));
}

/** Takes `structured` for objects, `simple` for everything else. */
export function plainOr(simple: Check, structured: Check): Check {
  return (value, at) =>
    typeof value === 'object' && value !== null ? structured(value, at) : simple(value, at);
}

export function listOf(what: string, item: Check): Check {
  return (value, at) =>
    Array.isArray(value)
      ? value.flatMap((element, index) => item(element, `${at}[${index}]`))
      : [expected(`an array of ${what}`, at, value)];
}

/** Throws InvalidOptionsError when there are problems. */
export function refuse(subject: string, problems: readonly string[]): void {
  if (problems.length > 0) throw new InvalidOptionsError(subject, problems);
}
