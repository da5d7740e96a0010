import * as fc from 'fast-check';

const HOUR_MS = 3_600_000;
const aheadMs = fc.constantFrom(0, 0, 7_000, HOUR_MS, -HOUR_MS);

/** What a storm takes place on. */
export const anySetting = fc.record({
  chance: fc.nat(),
  atomicEnqueue: fc.boolean(),
  maxBodyBytes: fc.constantFrom(undefined, undefined, 2_000),
  readAhead: fc.constantFrom(0, 2, 5),
  concurrency: fc.constantFrom(1, 2, 4),
  clientAheadMs: aheadMs,
  workersAheadMs: fc.array(aheadMs, { minLength: 2, maxLength: 3 }),
});

export type Setting = typeof anySetting extends fc.Arbitrary<infer T> ? T : never;
