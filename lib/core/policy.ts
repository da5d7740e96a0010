import type { JobTerms } from './message/job-terms.js';
import type { TaskDefaults } from './options.js';
import type { Backoff, BackoffFunction } from './spec/job-options.js';
import type { TaskPolicy } from './task-entry.js';

/** How failures of one job are treated, everything decided. */
export interface Policy {
  readonly maxRetries: number;
  readonly backoff: Backoff | BackoffFunction | undefined;
  readonly timeoutMs: number | undefined;
}

/** What the job says, else the task (its definition folded in), else the sender's definition, else the defaults. */
export function policyOf(
  terms: JobTerms,
  entry: TaskPolicy | undefined,
  defaults: TaskDefaults,
): Policy {
  const { defined } = terms;
  return {
    maxRetries:
      terms.maxRetries ?? entry?.maxRetries ?? defined?.maxRetries ?? defaults.maxRetries ?? 0,
    backoff: terms.backoff ?? entry?.backoff ?? defined?.backoff ?? defaults.backoff,
    timeoutMs: terms.timeoutMs ?? entry?.timeout ?? defined?.timeoutMs ?? defaults.timeout,
  };
}
