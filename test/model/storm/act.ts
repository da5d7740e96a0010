import * as fc from 'fast-check';

/** How a job behaves when it runs. */
export interface Act {
  /** How long its handler takes; ms. */
  readonly ms: number;
  /** How many of its first starts throw. */
  readonly fails: number;
  /** How many of its first starts kill the machine. */
  readonly deadly: number;
  /** How long its result is; bytes. */
  readonly size: number;
  /** It tells of its progress half-way. */
  readonly notes: boolean;
}

/** What every job of the storm carries. */
export interface Payload {
  /** Names one enqueue, or one follow-up of it. */
  readonly tag: string;
  readonly act: Act;
}

export const CALM_ACT: Act = { ms: 0, fails: 0, deadly: 0, size: 1, notes: false };

const SHORT_MS = [0, 0, 0, 0, 40, 300, 700];
/** Beyond the lease. */
const LONG_MS = [8_000, 45_000];

export const anyAct: fc.Arbitrary<Act> = fc.record({
  ms: fc.constantFrom(...SHORT_MS, ...SHORT_MS, ...LONG_MS),
  fails: fc.constantFrom(0, 0, 0, 1, 1, 2, 9),
  deadly: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 3),
  size: fc.constantFrom(1, 1, 1, 1, 1_970, 20_000),
  notes: fc.constantFrom(false, false, true),
});

/** Terms of one job. */
export const anyTerms = fc.record({
  task: fc.constantFrom(...Array.from({ length: 19 }, () => 'work'), 'nobody'),
  act: anyAct,
  maxRetries: fc.constantFrom(0, 1, 2),
  backoff: fc.constantFrom(10, 3_000, 90_000, 90_000),
  delay: fc.constantFrom(undefined, undefined, undefined, 20, 2_000, 60_000),
  priority: fc.constantFrom(0, 0, 1),
  expiresInMs: fc.constantFrom(undefined, undefined, undefined, undefined, undefined, 1_000),
});

export type Terms = typeof anyTerms extends fc.Arbitrary<infer T> ? T : never;
