import type { ChainMessage, GroupMessage, JobMessage } from '../job-message.js';
import type { Table } from '../validation/shape.js';
import { duration } from '../validation/values.js';

export interface ResultOptions {
  /** ms to wait at most. Default 30,000. */
  readonly timeout?: number | undefined;
}

export const RESULT_OPTIONS: Table<ResultOptions> = { timeout: duration };

/** What stands for something enqueued. */
interface Handle<Message, Result> {
  readonly id: string;
  /** The id was known: this handle stands for what exists. */
  readonly duplicate: boolean;
  /** How it stands now. Rejects with NotFoundError once it is gone. */
  get(): Promise<Message>;
  /**
   * Waits for the outcome. Rejects with JobFailedError, CancelledError, NotFoundError (deleted) or
   * TimeoutError; on a schedule with InvalidStateError.
   */
  result(options?: ResultOptions): Promise<Result>;
}

export interface JobHandle<Result = unknown> extends Handle<JobMessage, Result> {}

export interface GroupHandle<
  Results extends readonly unknown[] = readonly unknown[],
> extends Handle<GroupMessage, Results> {
  readonly jobIds: readonly string[];
}

/** `Result`: the last step's. */
export interface ChainHandle<Result = unknown> extends Handle<ChainMessage, Result> {}
