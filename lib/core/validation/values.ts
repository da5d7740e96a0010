import { expecting, type Check } from './check.js';

const LONGEST_NAME = 200;
/** A hundred years: far beyond any use, and an instant that far away is still a valid Date. */
const LONGEST_DURATION_MS = 100 * 365 * 24 * 3_600_000;
const LARGEST_INT32 = 2 ** 31 - 1;
const SMALLEST_INT32 = -(2 ** 31);
/** Control characters break keys and logs; a lone surrogate does not survive UTF-8. */
const UNFIT = /[\p{Cc}\p{Cs}]/u;

export const boolean = expecting('true or false', (value) => typeof value === 'boolean');

/** What names a job, a queue, a task: stores use it in their keys. */
export const name = expecting(
  `a text of 1 to ${LONGEST_NAME} characters without control characters or broken unicode`,
  (value) =>
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= LONGEST_NAME &&
    !UNFIT.test(value),
);

export const instant = expecting(
  'a valid Date',
  (value) => value instanceof Date && !Number.isNaN(value.getTime()),
);

/** ms, 0 included. */
export const duration = expecting(
  'milliseconds, 0 or more',
  (value) => typeof value === 'number' && value >= 0 && value <= LONGEST_DURATION_MS,
);

/** ms, more than 0. */
export const positiveDuration = expecting(
  'milliseconds, more than 0',
  (value) => typeof value === 'number' && value > 0 && value <= LONGEST_DURATION_MS,
);

export function durationWithin(leastMs: number, mostMs: number): Check {
  return expecting(
    `milliseconds from ${leastMs} to ${mostMs}`,
    (value) => typeof value === 'number' && value >= leastMs && value <= mostMs,
  );
}

export function integerFrom(least: number): Check {
  return expecting(`an integer, ${least} or more`, (value) => isInteger(value) && value >= least);
}

export const int32 = expecting(
  'an integer of 32 bits',
  (value) => isInteger(value) && value >= SMALLEST_INT32 && value <= LARGEST_INT32,
);

export const fraction = expecting(
  'a number from 0 to 1',
  (value) => typeof value === 'number' && value >= 0 && value <= 1,
);

function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
