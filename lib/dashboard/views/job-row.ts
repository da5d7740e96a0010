import type { JobMessage } from '../../core/job-message.js';
import type { Rights } from '../access/rights.js';
import type { JobAction, JobRow, JobState } from '../contract/index.js';
import { instant, instantOf } from './instants.js';

/** What may be done with a job in each state. */
const POSSIBLE: Readonly<Record<JobState, readonly JobAction[]>> = {
  queued: ['cancel', 'delete'],
  scheduled: ['run-now', 'cancel', 'delete'],
  retrying: ['run-now', 'cancel', 'delete'],
  processing: ['cancel', 'delete'],
  successful: ['delete'],
  failed: ['retry', 'delete'],
  cancelled: ['retry', 'delete'],
};

const ACTIONS: readonly JobAction[] = ['retry', 'cancel', 'delete', 'run-now'];

/** Which of the actions on jobs a visitor has a right to. */
export async function jobRights(rights: Rights): Promise<ReadonlySet<JobAction>> {
  const answers = await Promise.all(ACTIONS.map((action) => rights.may(`job.${action}`)));
  return new Set(ACTIONS.filter((_, index) => answers[index]));
}

/** A job in a list. `job` has been redacted. */
export function jobRow(job: JobMessage, rights: ReadonlySet<JobAction>): JobRow {
  const { status: state } = job;
  const waits = state === 'scheduled' || state === 'retrying';
  return {
    id: job.id,
    task: job.task,
    queue: job.queue,
    state,
    priority: job.priority,
    attempt: job.attempt,
    retried: job.retried,
    maxRetries: job.maxRetries,
    enqueuedAt: instant(job.enqueuedAt),
    dueAt: waits ? instantOf(job.eta) : undefined,
    processedAt: instantOf(job.processedAt),
    finishedAt: instantOf(job.finishedAt),
    error: job.prevError,
    groupId: job.groupId,
    chainId: job.chainId,
    scheduleId: job.scheduleId,
    actions: POSSIBLE[state].filter((action) => rights.has(action)),
  };
}
