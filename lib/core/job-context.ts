import type { JobMessage } from './job-message.js';

/** The fields of a job that its handler sees. */
export type JobFields<P = unknown> = JobMessage<P>;

/**
 * What a handler knows of the job it runs and can do with it. Type the payload and the previous
 * step's result: `JobContext<AddPayload, number>`.
 */
// oxlint-disable-next-line no-explicit-any -- the public contract: an untyped context accepts any payload
export abstract class JobContext<P = any, Prev = any> implements JobFields<P> {
  abstract readonly id: string;
  abstract readonly task: string;
  abstract readonly payload: P;
  abstract readonly queue: string;
  abstract readonly status: JobMessage['status'];
  abstract readonly maxRetries: number;
  abstract readonly retried: number;
  abstract readonly attempt: number;
  abstract readonly crashes: number;
  abstract readonly prevError: string | undefined;
  abstract readonly priority: number;
  abstract readonly headers: Readonly<Record<string, string>>;
  abstract readonly enqueuedAt: Date;
  abstract readonly eta: Date | undefined;
  abstract readonly processedAt: Date | undefined;
  abstract readonly finishedAt: Date | undefined;
  abstract readonly expiresAt: Date | undefined;
  abstract readonly timeout: number | undefined;
  abstract readonly schedule: string | undefined;
  abstract readonly scheduleId: string | undefined;
  abstract readonly prevJobResult: Prev;
  abstract readonly onSuccessIds: string[];
  abstract readonly onErrorIds: string[];
  abstract readonly groupId: string | undefined;
  abstract readonly chainId: string | undefined;
  abstract readonly lastProgress: unknown;
  abstract readonly logs: string[];
  abstract readonly errors: JobMessage['errors'];

  /** Fires on timeout, cancel, shutdown, lost lease, deletion; `signal.reason` is a typed error. */
  abstract readonly signal: AbortSignal;
  /** Stores the job's result at once; a returned value overrides it, a retry starts without it. */
  abstract save(value: unknown): Promise<void>;
  /** Stores how far the job has come: `getJob(id).lastProgress`. */
  abstract progress(value: unknown): Promise<void>;
  /** Adds a line to the job's log; the latest 100 lines are kept. */
  abstract log(line: string): void;
}
