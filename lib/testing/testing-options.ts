import type { TasqueueOptions } from '../core/options.js';
import { expecting, oneOf, refuse } from '../core/validation/check.js';
import { shape, type Table } from '../core/validation/shape.js';

/**
 * When jobs run. `inline`: before `enqueue` resolves. `manual`: on `drain`, `advance` and `run`, and at
 * no other time. `live`: as in production, on workers of their own and the system's clock.
 */
export type TestingMode = 'inline' | 'manual' | 'live';

export interface TestingOptions {
  readonly mode: TestingMode;
  /**
   * Where time starts in the modes `inline` and `manual`, in which it stands still. Default: now, so
   * that dates which the application makes itself fit in.
   */
  readonly startAt?: Date | undefined;
}

/** What `TasqueueTestingModule.forRoot()` takes: the stores are in memory, all else is as always. */
export interface TasqueueTestingOptions
  extends TestingOptions, Omit<TasqueueOptions, 'broker' | 'results'> {}

const TESTING_OPTIONS: Table<TestingOptions> = {
  mode: oneOf('inline', 'manual', 'live'),
  startAt: expecting('a Date', (value) => value instanceof Date && !Number.isNaN(value.getTime())),
};

const check = shape(TESTING_OPTIONS, { required: ['mode'] });

/** Throws InvalidOptionsError. */
export function checkTestingOptions(options: TestingOptions): void {
  refuse('TasqueueTestingModule options', check(options, ''));
}
