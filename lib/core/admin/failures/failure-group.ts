import type { Scanned, ScanRequest } from '../search/search-types.js';

/** Failed jobs of one task whose errors differ at most in numbers, ids and quoted values. */
export interface FailureGroup {
  /** `fingerprint:<it>` in a query finds its jobs. */
  readonly fingerprint: string;
  readonly task: string;
  /** Of the latest of them. */
  readonly message: string;
  readonly count: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** The latest of them. */
  readonly jobId: string;
}

export type FailuresRequest = Omit<ScanRequest, 'state'>;

/** The groups among the jobs that one call looked at: add up those of one fingerprint over several calls. */
export interface Failures extends Scanned {
  /** The latest failure first. */
  readonly groups: readonly FailureGroup[];
  readonly next?: string | undefined;
}
