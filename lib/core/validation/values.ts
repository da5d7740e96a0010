import { expecting, type Check } from './check.js';

const LONGEST_NAME = 200;
/** Of an id, the longest derived ones included: NATS has to fit it, encoded, into one line. */
const MOST_ID_BYTES = 1_200;
/** A hundred years: far beyond any use, and an instant that far away is still a valid Date. */
export const LONGEST_DURATION_MS = 100 * 365 * 24 * 3_600_000;
export const LARGEST_INT32 = 2 ** 31 - 1;
export const SMALLEST_INT32 = -(2 ** 31);
/** Control characters break keys and logs; a lone surrogate does not survive UTF-8. */
const UNFIT = /[\p{Cc}\p{Cs}]/u;
const BROKEN_UNICODE = /\p{Cs}/u;

export const boolean = expecting('true or false', (value) => typeof value === 'boolean');

/** What names a job, a queue, a task: stores use it in their keys. */
export const name = expecting(
  `a text of 1 to ${LONGEST_NAME} characters without control characters or broken unicode`,
  isName,
);

export function isName(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= LONGEST_NAME &&
    !UNFIT.test(value)
  );
}

/**
 * Whether stores can have something under this id or name. Derived ids are longer than names, and what
 * others than we have stored may hold control characters; but two texts with broken unicode can be one in
 * UTF-8, so nothing is ever looked up by them.
 */
export function isStorable(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= MOST_ID_BYTES &&
    Buffer.byteLength(value) <= MOST_ID_BYTES &&
    !BROKEN_UNICODE.test(value)
  );
}

/** What names something that may be there already, whoever put it there. */
export const storable = expecting(
  `a text of 1 to ${MOST_ID_BYTES} bytes without broken unicode`,
  isStorable,
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

export function integerWithin(least: number, most: number): Check {
  return expecting(
    `an integer from ${least} to ${most}`,
    (value) => isInteger(value) && value >= least && value <= most,
  );
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
