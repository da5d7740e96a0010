import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { retryDelayMs, type RetryContext } from '../../lib/core/backoff.js';
import type { Backoff, BackoffFunction } from '../../lib/core/spec/task-policy.js';
import { wrong } from '../support/wrong.js';

type Report = NonNullable<RetryContext['report']>;

const HOUR_MS = 3_600_000;
const always = (fraction: number) => ({ fraction: () => fraction });
/** Chance that changes nothing: the middle of the spread. */
const MIDDLE = always(0.5);

function delayMs(backoff: Backoff | undefined, retried: number, chance = MIDDLE): number {
  const given = retryDelayMs(backoff, retried, new Error('x'), chance);
  if (given === null) throw new Error('gave up');
  return given;
}

const retries = fc.nat({ max: 5_000 });
const chances = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }).map(always);
const growths = fc.record({
  type: fc.constantFrom('fixed' as const, 'exponential' as const),
  delay: fc.nat({ max: 10 * HOUR_MS }),
  max: fc.option(fc.nat({ max: 20 * HOUR_MS }), { nil: undefined }),
  jitter: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
});

describe('retryDelayMs', () => {
  it('doubles from a second to an hour by default', () => {
    expect([0, 1, 2, 3, 11].map((retried) => delayMs(undefined, retried))).toEqual([
      1_000, 2_000, 4_000, 8_000, 2_048_000,
    ]);
    expect(delayMs(undefined, 12, always(1 - Number.EPSILON))).toBe(HOUR_MS);
  });

  it('spreads the default by a fifth, both ways', () => {
    expect(delayMs(undefined, 0, always(0))).toBe(800);
    expect(delayMs(undefined, 0, always(1 - Number.EPSILON))).toBe(1_200);
  });

  it('takes a number for a fixed delay, as it is', () => {
    expect([0, 1, 100].map((retried) => delayMs(5 * HOUR_MS, retried, always(0)))).toEqual([
      5 * HOUR_MS,
      5 * HOUR_MS,
      5 * HOUR_MS,
    ]);
  });

  it('does not spread a fixed delay unless told to', () => {
    expect(delayMs({ type: 'fixed', delay: 500 }, 3, always(0))).toBe(500);
    expect(delayMs({ type: 'fixed', delay: 500, jitter: 0.5 }, 3, always(0))).toBe(250);
  });

  it('does not cut a delay that is longer than the default cap', () => {
    expect(delayMs({ type: 'fixed', delay: 2 * HOUR_MS }, 0)).toBe(2 * HOUR_MS);
    expect(delayMs({ type: 'exponential', delay: 2 * HOUR_MS, jitter: 0 }, 3)).toBe(2 * HOUR_MS);
  });

  it('stays at nothing after any number of retries, when told to wait for nothing', () => {
    expect(delayMs({ type: 'exponential', delay: 0 }, 5_000)).toBe(0);
  });

  it('spreads evenly below the cap, not upon it', () => {
    const backoff = { type: 'exponential', delay: 1_000, max: 1_000, jitter: 0.5 } as const;

    expect([0, 0.25, 0.5, 0.75].map((chance) => delayMs(backoff, 9, always(chance)))).toEqual([
      500, 625, 750, 875,
    ]);
  });

  it('stays within the spread and under the cap, however many retries', () => {
    fc.assert(
      fc.property(growths, retries, chances, (backoff, retried, chance) => {
        const { type, delay, max = Math.max(HOUR_MS, delay) } = backoff;
        const jitter = backoff.jitter ?? (type === 'fixed' ? 0 : 0.2);
        const grown = Math.min(
          max,
          type === 'fixed' ? delay : delay * 2 ** Math.min(retried, 1_000),
        );
        const given = delayMs(backoff, retried, chance);

        expect(Number.isInteger(given)).toBe(true);
        expect(given).toBeLessThanOrEqual(max);
        expect(given).toBeGreaterThanOrEqual(Math.floor(grown * (1 - jitter)));
        expect(given).toBeLessThanOrEqual(Math.ceil(grown * (1 + jitter)));
      }),
    );
  });

  it('never shrinks from one retry to the next, without jitter', () => {
    fc.assert(
      fc.property(growths, retries, chances, (growth, retried, chance) => {
        const backoff = { ...growth, jitter: 0 };

        expect(delayMs(backoff, retried + 1, chance)).toBeGreaterThanOrEqual(
          delayMs(backoff, retried, chance),
        );
      }),
    );
  });
});

describe('retryDelayMs with a function', () => {
  const error = new Error('declined');

  it('asks it with the retries used and the error', () => {
    const backoff = vi.fn<BackoffFunction>(() => 123.5);

    expect(retryDelayMs(backoff, 4, error, MIDDLE)).toBe(123.5);
    expect(backoff).toHaveBeenCalledWith(4, error);
  });

  it('gives up when it says so', () => {
    expect(retryDelayMs(() => null, 0, error, MIDDLE)).toBeNull();
  });

  it.each([undefined, NaN, -1, Infinity, '5', {}, Promise.resolve(5)])(
    'falls back to the default and reports it when it gives %o',
    (nonsense) => {
      const report = vi.fn<Report>();
      const context = { ...MIDDLE, report };

      expect(retryDelayMs(() => wrong(nonsense), 1, error, context)).toBe(2_000);
      expect(report).toHaveBeenCalledExactlyOnceWith(
        expect.stringContaining('the default backoff was used'),
      );
    },
  );

  it('falls back to the default and reports it when it throws', () => {
    const report = vi.fn<Report>();
    const thrown = new Error('in the backoff');
    const backoff = (): number => {
      throw thrown;
    };

    expect(retryDelayMs(backoff, 0, error, { ...MIDDLE, report })).toBe(1_000);
    expect(report).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('threw'), thrown);
    expect(retryDelayMs(backoff, 0, error, MIDDLE)).toBe(1_000);
  });
});
