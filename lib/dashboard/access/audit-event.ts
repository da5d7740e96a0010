import type { Action, JobState } from '../contract/index.js';

/** What somebody did, or tried to do. */
export interface AuditEvent {
  readonly at: Date;
  /** As the option `user` names them. */
  readonly user?: string | undefined;
  readonly action: Action;
  /** `refused`: the visitor has no right to it. `failed`: it was tried; some of it may have been done. */
  readonly outcome: 'done' | 'refused' | 'failed';
  /** The id of the job, schedule, group or chain, or the name of the queue. */
  readonly target?: string | undefined;
  /** Which jobs a bulk action was for, where it did not name them. */
  readonly filter?: AuditFilter | undefined;
  /** Which jobs a bulk action named. */
  readonly ids?: readonly string[] | undefined;
  /** Jobs, queues or schedules changed: a bulk action tells of each of its steps. */
  readonly count: number;
  /** Why it failed. */
  readonly error?: string | undefined;
}

export interface AuditFilter {
  readonly state?: JobState | undefined;
  readonly q?: string | undefined;
}
