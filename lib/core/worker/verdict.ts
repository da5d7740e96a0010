import { retryDelayMs, type RetryContext } from '../backoff.js';
import {
  CancelledError,
  EncodingError,
  LeaseLostError,
  PayloadValidationError,
  RetryLaterError,
  ShutdownError,
  UnrecoverableError,
} from '../errors.js';
import type { Policy } from '../policy.js';

/** What becomes of a job whose attempt did not succeed. */
export type Verdict =
  | { readonly kind: 'failed' }
  | { readonly kind: 'retrying'; readonly delayMs: number; readonly usesRetry: boolean }
  /** Interrupted by shutdown: neither success nor failure, it goes back as it was. */
  | { readonly kind: 'released' };

export interface Failure {
  /** What was thrown, which may be anything; and the error that it is, or that stands for it. */
  readonly thrown: unknown;
  readonly error: Error;
  /** What interrupted the run, if anything did. */
  readonly interrupt: Error | undefined;
  /** Retries used so far. */
  readonly retried: number;
}

export function verdictOn(failure: Failure, policy: Policy, context: RetryContext): Verdict {
  const { thrown, error, interrupt, retried } = failure;
  // Whoever interrupted it owns the record by now: this write is refused, and the record followed.
  if (interrupt instanceof LeaseLostError || interrupt instanceof CancelledError)
    return { kind: 'failed' };
  if (interrupt instanceof ShutdownError) return { kind: 'released' };
  if (error instanceof RetryLaterError)
    return { kind: 'retrying', delayMs: error.delayMs, usesRetry: false };
  if (isUnrecoverable(error) || retried >= policy.maxRetries) return { kind: 'failed' };
  const delayMs = retryDelayMs(policy.backoff, retried, thrown, context);
  return delayMs === null ? { kind: 'failed' } : { kind: 'retrying', delayMs, usesRetry: true };
}

/** Running it again with the same payload and code would end the same way. */
function isUnrecoverable(error: Error): boolean {
  return (
    error instanceof UnrecoverableError ||
    error instanceof PayloadValidationError ||
    error instanceof EncodingError
  );
}
