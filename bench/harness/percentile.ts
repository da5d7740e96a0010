import type { Figures } from './figures.js';

/** What is told of many delays. */
export const SHARES = { p50: 0.5, p99: 0.99 };

/** The value that this share of all, 0 to 1, does not exceed. */
function percentile(sorted: readonly number[], share: number): number {
  const index = Math.max(0, Math.ceil(sorted.length * share) - 1);
  return sorted[index] ?? Number.NaN;
}

/** `p50` and so on, of values in any order. */
export function percentiles(values: readonly number[]): Figures {
  const sorted = values.toSorted((a, b) => a - b);
  return Object.fromEntries(
    Object.entries(SHARES).map(([name, share]) => [name, percentile(sorted, share)]),
  );
}
