import type { JobMessage } from '../job-message.js';
import type { StoredMessage } from '../ports/message.js';
import type { JobRecord } from '../ports/record.js';

export interface Cancellation {
  /** Epoch ms. */
  readonly at: number;
  /** It goes away altogether. */
  readonly deleting: boolean;
}

/** A job that has begun, cancelled. The raised run refuses what its handler still brings. */
export function cancelledRecord(record: JobRecord, { at, deleting }: Cancellation): JobRecord {
  return {
    ...record,
    run: record.run + 1,
    status: 'cancelled',
    finishedAt: at,
    retryAt: undefined,
    dispatched: true,
    deleting,
  };
}

/** A job that is nowhere but in the broker, cancelled before its first record; `shown`: what it shows. */
export function cancelledMessage(
  message: StoredMessage,
  shown: JobMessage,
  { at, deleting }: Cancellation,
): JobRecord {
  return {
    kind: 'job',
    id: message.id,
    generation: message.generation,
    run: 1,
    status: 'cancelled',
    queue: message.queue,
    task: shown.task,
    body: message.body,
    maxRetries: shown.maxRetries,
    attempt: shown.attempt,
    retried: 0,
    crashes: message.crashes,
    finishedAt: at,
    errors: [],
    logs: [],
    onSuccessIds: [],
    onErrorIds: [],
    dispatched: true,
    planId: shown.groupId ?? shown.chainId,
    deleting,
  };
}
