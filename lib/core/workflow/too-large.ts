import { PayloadTooLargeError } from '../errors.js';
import { decodePlanBody } from '../message/plan-body.js';
import { bodyOrRaw } from '../message/unreadable-body.js';
import type { Message } from '../ports/broker.js';
import type { JobRecord, PlanRecord } from '../ports/record.js';
import { followUpIds } from './follow-ups.js';
import { ownerName } from './job-ids.js';
import { planRecord } from './plan-start.js';

export function tooLargeError({ id, body }: Message): PayloadTooLargeError {
  return new PayloadTooLargeError(
    `the message of '${id}' has ${body.length} bytes, more than the broker takes: ` +
      'store the data elsewhere and pass its key',
  );
}

/** The outcome of a job that no broker will ever give to a worker. `at`: epoch ms. */
export function tooLargeJob(message: Message, planId: string | undefined, at: number): JobRecord {
  const { id, generation, queue, body } = message;
  const { task, terms } = bodyOrRaw(body, at);
  return {
    kind: 'job',
    id,
    generation,
    run: 1,
    status: 'failed',
    queue,
    task,
    body,
    maxRetries: 0,
    attempt: 0,
    retried: 0,
    crashes: 0,
    finishedAt: at,
    errors: [{ attempt: 0, at, message: tooLargeError(message).message }],
    logs: [],
    onSuccessIds: [],
    onErrorIds: followUpIds(ownerName(id, terms.life), 'error', terms.onError),
    dispatched: true,
    planId,
  };
}

/** A group none of whose members will ever run. */
export function tooLargePlan({ id, generation, body }: Message): PlanRecord {
  const plan = planRecord({ id, generation, body: decodePlanBody(body) }, body);
  return { ...plan, marks: plan.memberIds.map(() => 'failed') };
}
