import { describeError } from '../error-shape.js';
import type { JobBody } from '../message/job-body.js';
import { NO_TERMS } from '../message/job-terms.js';
import type { Delivery } from '../ports/broker.js';
import type { JobRecord } from '../ports/record.js';

/** What the failed list shows as the task of a message that cannot be read. */
export const UNREADABLE_TASK = '(unreadable)';

/** The outcome of a message that is no job of ours, with its raw bytes. */
export function unreadableRecord(delivery: Delivery, error: Error, at: number): JobRecord {
  return {
    kind: 'job',
    id: delivery.id,
    generation: delivery.generation,
    run: 1,
    status: 'failed',
    queue: delivery.queue,
    task: UNREADABLE_TASK,
    body: delivery.body,
    maxRetries: 0,
    attempt: 0,
    retried: 0,
    crashes: delivery.crashes,
    finishedAt: at,
    errors: [{ attempt: 0, at, ...describeError(error) }],
    logs: [],
    onSuccessIds: [],
    onErrorIds: [],
    dispatched: true,
  };
}

/** What stands for its body where one is needed. */
export function unreadableBody(delivery: Delivery): JobBody {
  return {
    task: UNREADABLE_TASK,
    payload: delivery.body,
    enqueuedAt: delivery.dueAt,
    terms: NO_TERMS,
  };
}
