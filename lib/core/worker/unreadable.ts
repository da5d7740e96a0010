import { describeError } from '../error-shape.js';
import { UNREADABLE_TASK } from '../message/unreadable-body.js';
import type { Delivery } from '../ports/broker.js';
import type { JobRecord } from '../ports/record.js';

/** What went wrong with a message that can never be read, and who waits for it all the same. */
export interface Unreadable {
  readonly error: Error;
  readonly planId: string | undefined;
}

/** The outcome of a message that is no job of ours, with its raw bytes. `at`: epoch ms. */
export function unreadableRecord(
  delivery: Delivery,
  { error, planId }: Unreadable,
  at: number,
): JobRecord {
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
    planId,
  };
}
