import { NO_TERMS, type JobTerms } from './message/job-terms.js';
import type { TaskDefaults } from './options.js';
import type { Backoff, BackoffFunction, TaskPolicy } from './spec/task-policy.js';

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

/** The policies of one instance's tasks: most jobs say nothing themselves and share their task's. */
export class Policies {
  readonly #ofTasks = new WeakMap<TaskPolicy, Policy>();

  constructor(private readonly defaults: TaskDefaults) {}

  of(terms: JobTerms, entry: TaskPolicy | undefined): Policy {
    if (terms !== NO_TERMS || entry === undefined) return policyOf(terms, entry, this.defaults);
    let policy = this.#ofTasks.get(entry);
    if (policy === undefined) {
      policy = policyOf(terms, entry, this.defaults);
      this.#ofTasks.set(entry, policy);
    }
    return policy;
  }
}
