import type { Scanned } from './jobs.js';
import type { Instant } from './time.js';

/** Failed jobs of one task whose errors differ at most in numbers, ids and quoted values. */
export interface FailureGroup {
  /** Pass `fingerprint:<it>` in `q` to list, retry or delete its jobs. */
  readonly fingerprint: string;
  readonly task: string;
  readonly message: string;
  readonly count: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  /** The latest of them. */
  readonly jobId: string;
}

/** `GET failures?q=&cursor=`: groups within one bounded step over the failed jobs, newest first. */
export interface Failures {
  readonly groups: readonly FailureGroup[];
  readonly scanned: Scanned;
  /** Pass it as `cursor`, and add up groups of one fingerprint. */
  readonly next?: string | undefined;
}
