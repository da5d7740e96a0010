/** What every error of ours may carry beside its message. */
export interface ErrorDetails {
  readonly cause?: unknown;
}

/** Base of every error that Tasqueue throws. `code` is stable, the message tells what to do. */
export abstract class TasqueueError extends Error {
  abstract readonly code: `TASQUEUE_${string}`;

  constructor(message: string, details: ErrorDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.name = new.target.name;
  }
}

/** No job, schedule, group or chain has this id: it was never enqueued, was deleted, or is past retention. */
export class NotFoundError extends TasqueueError {
  readonly code = 'TASQUEUE_NOT_FOUND';
}

/** Two handlers claim one task name. Thrown at bootstrap, naming both `Class.method`s. */
export class DuplicateTaskError extends TasqueueError {
  readonly code = 'TASQUEUE_DUPLICATE_TASK';
}

/** Two tasks give one queue different concurrencies. Thrown at bootstrap, naming both `Class.method`s. */
export class QueueConcurrencyConflictError extends TasqueueError {
  readonly code = 'TASQUEUE_QUEUE_CONCURRENCY_CONFLICT';
}

/** Options that cannot work. `problems` lists all of them at once. */
export class InvalidOptionsError extends TasqueueError {
  readonly code = 'TASQUEUE_INVALID_OPTIONS';

  constructor(
    subject: string,
    readonly problems: readonly string[],
  ) {
    super(`${subject}: ${problems.join('; ')}`);
  }
}

/** The job exists, but its state does not allow what was asked. */
export class InvalidStateError extends TasqueueError {
  readonly code = 'TASQUEUE_INVALID_STATE';
}

/** No handler is known for this task name. */
export class UnknownTaskError extends TasqueueError {
  readonly code = 'TASQUEUE_UNKNOWN_TASK';
}

/** The payload (or the result) does not satisfy the schema of its task. */
export class PayloadValidationError extends TasqueueError {
  readonly code = 'TASQUEUE_PAYLOAD_VALIDATION';

  constructor(
    message: string,
    readonly issues: readonly { readonly path: string; readonly message: string }[],
    details: ErrorDetails = {},
  ) {
    super(message, details);
  }
}

/** The encoded payload has more bytes than `maxPayloadBytes`, or the whole message more than the broker takes. */
export class PayloadTooLargeError extends TasqueueError {
  readonly code = 'TASQUEUE_PAYLOAD_TOO_LARGE';
}

/** A value does not survive the codec, or bytes cannot be read back. */
export class EncodingError extends TasqueueError {
  readonly code = 'TASQUEUE_ENCODING';
}

/**
 * The broker did not confirm in time. The jobs named in `ids` may or may not have been accepted:
 * sending them again with the same ids is safe.
 */
export class BrokerUnavailableError extends TasqueueError {
  readonly code = 'TASQUEUE_BROKER_UNAVAILABLE';
  readonly ids: readonly string[];

  constructor(
    message: string,
    details: ErrorDetails & { readonly ids?: readonly string[] | undefined } = {},
  ) {
    super(message, details);
    this.ids = details.ids ?? [];
  }
}

/** The results store did not answer. */
export class ResultsUnavailableError extends TasqueueError {
  readonly code = 'TASQUEUE_RESULTS_UNAVAILABLE';
}

/** Something took longer than its timeout: a handler's attempt, or a wait for a result. */
export class TimeoutError extends TasqueueError {
  readonly code = 'TASQUEUE_TIMEOUT';
}

/** What one attempt left behind when it failed. */
export interface AttemptError {
  readonly attempt: number;
  readonly at: Date;
  readonly message: string;
  readonly stack?: string | undefined;
}

/** The awaited job, group or chain failed. The message is that of the last error. */
export class JobFailedError extends TasqueueError {
  readonly code = 'TASQUEUE_JOB_FAILED';

  constructor(
    readonly jobId: string,
    readonly errors: readonly AttemptError[],
    fallback = `job '${jobId}' failed`,
  ) {
    super(errors.at(-1)?.message ?? fallback);
  }
}

/** The job, group or chain was cancelled. */
export class CancelledError extends TasqueueError {
  readonly code = 'TASQUEUE_CANCELLED';
}

/** This process kept a job longer than its lease; another worker may have it now. */
export class LeaseLostError extends TasqueueError {
  readonly code = 'TASQUEUE_LEASE_LOST';
}

/** The process is shutting down; the job goes back to its queue. */
export class ShutdownError extends TasqueueError {
  readonly code = 'TASQUEUE_SHUTDOWN';
}

/** This Tasqueue instance has been closed. */
export class ClosedError extends TasqueueError {
  readonly code = 'TASQUEUE_CLOSED';
}

/** Throw it in a handler to fail the job at once, whatever retries are left. */
export class UnrecoverableError extends TasqueueError {
  readonly code = 'TASQUEUE_UNRECOVERABLE';
}

/** Throw it in a handler to run the job again after `delayMs`, without using up a retry. */
export class RetryLaterError extends TasqueueError {
  readonly code = 'TASQUEUE_RETRY_LATER';

  constructor(
    readonly delayMs: number,
    message = `run again in ${delayMs} ms`,
    details: ErrorDetails = {},
  ) {
    super(message, details);
    if (!Number.isFinite(delayMs) || delayMs < 0)
      throw new InvalidOptionsError('RetryLaterError', [
        `delay: expected milliseconds, 0 or more, got ${String(delayMs)}`,
      ]);
  }
}

/** The chosen adapter cannot do what the configuration asks. Thrown at bootstrap. */
export class CapabilityError extends TasqueueError {
  readonly code = 'TASQUEUE_CAPABILITY';
}
