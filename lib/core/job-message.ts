import type { AttemptError } from './errors.js';
import type { JobStatus, WorkflowStatus } from './job-status.js';

/**
 * All that is known of a job. `status` may still say `queued` for up to 250 ms after a handler
 * started; everything else is true at every moment.
 */
export interface JobMessage<P = unknown> {
  readonly id: string;
  readonly task: string;
  /** Decoded; the raw bytes where they cannot be. */
  readonly payload: P;
  readonly queue: string;
  readonly status: JobStatus;
  readonly maxRetries: number;
  /** Retries used. */
  readonly retried: number;
  /** Starts, the first is 1; 0 before it. */
  readonly attempt: number;
  /** How often its worker died while it ran. */
  readonly crashes: number;
  /** Message of the last error. */
  readonly prevError?: string | undefined;
  readonly priority: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly enqueuedAt: Date;
  /** When it is due: asked for, or the next retry, or the next slot of a schedule. */
  readonly eta?: Date | undefined;
  /** Start of the latest attempt. */
  readonly processedAt?: Date | undefined;
  readonly finishedAt?: Date | undefined;
  readonly expiresAt?: Date | undefined;
  /** ms per attempt */
  readonly timeout?: number | undefined;
  /** The cron expression, on a schedule. */
  readonly schedule?: string | undefined;
  /** The schedule whose run it is. */
  readonly scheduleId?: string | undefined;
  readonly prevJobResult?: unknown;
  /** Ids of the jobs that its success, or its failure, gave rise to. */
  readonly onSuccessIds: string[];
  readonly onErrorIds: string[];
  readonly groupId?: string | undefined;
  readonly chainId?: string | undefined;
  readonly lastProgress?: unknown;
  /** The latest lines. */
  readonly logs: string[];
  /** The latest failures. */
  readonly errors: AttemptError[];
}

export interface GroupMessage {
  readonly id: string;
  readonly status: WorkflowStatus;
  readonly jobIds: string[];
  readonly jobStatus: Readonly<Record<string, JobStatus>>;
}

export interface ChainMessage {
  readonly id: string;
  readonly status: WorkflowStatus;
  /** The current step's id: a job or a group. */
  readonly jobId: string;
  /** Ids of the steps that succeeded before it. */
  readonly prevJobs: string[];
}
