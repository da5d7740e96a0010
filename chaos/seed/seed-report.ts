import type { Violation } from '../audit/violation.js';

/** What one seed did and suffered. */
export interface SeedReport {
  readonly seed: number;
  readonly tookMs: number;
  /** Distinct jobs that had an outcome. */
  readonly jobs: number;
  /** Times that a handler started. */
  readonly starts: number;
  /** Workers that died, by whichever hand. */
  readonly kills: number;
  readonly faults: number;
  /** Starts beyond the first that no retry asked for. */
  readonly reexecutions: number;
  readonly violations: readonly Account[];
}

/** A violation with all that is known of whom it befell. */
export interface Account extends Violation {
  readonly history: readonly string[];
}
