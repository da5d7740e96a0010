import type { JobMessage } from '../../job-message.js';
import type { FinalStatus } from '../../job-status.js';

/** One start of a job's handler, as far as it is on record. */
export interface JobAttempt {
  /** 1 first. */
  readonly attempt: number;
  readonly status: 'processing' | FinalStatus;
  readonly startedAt?: Date | undefined;
  readonly endedAt?: Date | undefined;
  /** `host:pid`; known of failed attempts, and of running ones once their worker has told it. */
  readonly worker?: string | undefined;
  readonly error?: string | undefined;
  readonly stack?: string | undefined;
}

/** Where a job stands in its group, or its chain. */
export interface JobPosition {
  /** 1 first. */
  readonly index: number;
  readonly of: number;
}

/** All that is known of a job, its result and the story of its attempts included. */
export interface JobDetail extends JobMessage {
  /** Decoded; undefined while there is none. */
  readonly result?: unknown;
  /** The first is the oldest that is still known: the latest ten failures are kept. */
  readonly attempts: readonly JobAttempt[];
  readonly position?: JobPosition | undefined;
}
