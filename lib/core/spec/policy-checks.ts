import { expecting, oneOf, plainOr, type Check } from '../validation/check.js';
import { shape, type Table } from '../validation/shape.js';
import { duration, fraction, integerFrom, positiveDuration } from '../validation/values.js';
import type { Backoff, TaskPolicy } from './task-policy.js';

const BACKOFF: Table<Exclude<Backoff, number>> = {
  type: oneOf('fixed', 'exponential'),
  delay: duration,
  max: duration,
  jitter: fraction,
};

const backoffObject = shape(BACKOFF, { required: ['type', 'delay'] });

function backoffOr(what: string, simple: (value: unknown) => boolean): Check {
  return plainOr(expecting(what, simple), backoffObject);
}

const isDelay = (value: unknown): boolean =>
  typeof value === 'number' && duration(value, '').length === 0;

/** On a job: it has to travel, so a function will not do. */
export const jobBackoff = backoffOr(
  "milliseconds, 0 or more, or { type, delay, max?, jitter? } (a function only works on a task or in 'defaults')",
  isDelay,
);

const taskBackoff = backoffOr(
  'milliseconds, 0 or more, { type, delay, max?, jitter? } or a function',
  (value) => isDelay(value) || typeof value === 'function',
);

export const POLICY: Table<TaskPolicy> = {
  maxRetries: integerFrom(0),
  backoff: taskBackoff,
  timeout: positiveDuration,
};
