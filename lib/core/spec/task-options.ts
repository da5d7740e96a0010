import type { CronSpec } from '../cron.js';
import type { StandardSchemaV1 } from './standard-schema.js';
import type { TaskPolicy } from './task-policy.js';

interface TaskSettings extends TaskPolicy {
  /** Default `tasqueue:tasks`. Tasks may share a queue. */
  readonly queue?: string | undefined;
  /** Handlers of the *queue* that run at once in one process. Default: the number of CPUs. */
  readonly concurrency?: number | undefined;
  /** Runs it by the clock, with no payload: the schedule's id is the task's name. */
  readonly schedule?: string | CronSpec | undefined;
  /** Checked at enqueue, and again before the handler, which gets what comes out of it. */
  readonly payload?: StandardSchemaV1 | undefined;
  /** Checks what the handler gives before it is saved; what comes out of it is saved. */
  readonly result?: StandardSchemaV1 | undefined;
  /** Old names whose jobs it runs too. */
  readonly aliases?: readonly string[] | undefined;
}

/** What `@Task(name, options)` takes. Durations in ms. */
export interface TaskOptions extends TaskSettings {
  /** The named Tasqueue instance that it belongs to. Default: the one without a name. */
  readonly instance?: string | undefined;
}

/** A task as data, whatever the types of its payload and result. */
export interface TaskShape extends TaskSettings {
  readonly name: string;
}
