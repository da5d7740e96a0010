import { InvalidStateError, NotFoundError } from '../errors.js';
import { decodeJobBody } from '../message/job-body.js';
import type { Broker } from '../ports/broker.js';
import type { JobRecord, PlanRecord } from '../ports/record.js';
import type { Results } from '../ports/results.js';
import type { Workflow } from '../workflow/workflow.js';
import type { Reader } from './reader.js';

/**
 * Runs a failed or cancelled job again, under the next generation, broker first (rule 5). Its errors
 * are kept, its retries start over, its group or chain is open again.
 */
export class Retrier {
  constructor(
    private readonly parts: {
      readonly broker: Broker;
      readonly results: Results;
      readonly reader: Reader;
      readonly workflow: Workflow;
    },
  ) {}

  /** Throws NotFoundError, or InvalidStateError when the job is neither failed nor cancelled. */
  async retry(id: string): Promise<void> {
    const found = await this.parts.reader.find(id);
    if (found === undefined)
      throw new NotFoundError(
        `nothing to retry: '${id}' was never enqueued, was deleted, or is past its retention`,
      );
    if (found.kind === 'plan') return this.#retryPlan(found.plan);
    const status = found.kind === 'job' ? found.record.status : 'queued';
    if (found.kind !== 'job' || (status !== 'failed' && status !== 'cancelled'))
      throw new InvalidStateError(
        `'${id}' is ${status}: only failed and cancelled jobs can be retried`,
      );
    await this.#retryJob(found.record, found.revision);
  }

  /** A group's unsuccessful members, a chain's failing step. */
  async #retryPlan(plan: PlanRecord): Promise<void> {
    const ids = plan.memberIds.filter(
      (_, index) => plan.marks[index] === 'failed' || plan.marks[index] === 'cancelled',
    );
    if (ids.length === 0)
      throw new InvalidStateError(`'${plan.id}' has no failed or cancelled job to retry`);
    for (const id of ids) await this.retry(id);
  }

  async #retryJob(record: JobRecord, revision: number): Promise<void> {
    const { broker, results, workflow } = this.parts;
    if (!record.dispatched) {
      // Its worker may have died before: the new generation would take the last trace of it away.
      await workflow.aftermath.follow([{ record, revision }]);
      return this.retry(record.id);
    }
    const generation = record.generation + 1;
    await broker.enqueue([
      {
        id: record.id,
        generation,
        kind: 'job',
        queue: record.queue,
        priority: priorityOf(record),
        fresh: false,
        body: record.body,
      },
    ]);
    // A lost race is fine: the worker that begins the new generation reopens the record, and the plan, itself.
    await results.put([{ record: reopened(record, generation), expect: revision }]);
    if (record.planId !== undefined)
      await workflow.reopener.reopen(record.planId, record.id, generation);
  }
}

/** A message that could not be read may be readable by now: it is tried again too. */
function priorityOf({ body }: JobRecord): number {
  try {
    return decodeJobBody(body).terms.priority ?? 0;
  } catch {
    return 0;
  }
}

function reopened(record: JobRecord, generation: number): JobRecord {
  return {
    ...record,
    generation,
    run: record.run + 1,
    status: 'queued',
    retried: 0,
    result: undefined,
    finishedAt: undefined,
    retryAt: undefined,
  };
}
