import { InvalidStateError, NotFoundError } from '../errors.js';
import { bodyOrRaw } from '../message/unreadable-body.js';
import type { Broker } from '../ports/broker.js';
import type { JobRecord, PlanRecord } from '../ports/record.js';
import type { Results } from '../ports/results.js';
import type { Workflow } from '../workflow/workflow.js';
import type { JobView } from './job-view.js';
import type { Found } from './finder.js';
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
      readonly view: JobView;
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
    const status = statusOf(found, this.parts.view);
    if (found.kind !== 'job' || (status !== 'failed' && status !== 'cancelled'))
      throw new InvalidStateError(
        `'${id}' is ${status}: only failed and cancelled jobs can be retried`,
      );
    await this.#retryJob(found.record, found.revision);
  }

  /** A group's unsuccessful members, a chain's failing step. */
  async #retryPlan(plan: PlanRecord): Promise<void> {
    let retried = 0;
    for (const [index, id] of plan.memberIds.entries()) {
      const mark = plan.marks[index];
      if (mark !== 'failed' && mark !== 'cancelled') continue;
      // Deleted since, or never its own: nothing to run again.
      if (!(await this.parts.reader.member(plan, id))) continue;
      await this.retry(id);
      retried += 1;
    }
    if (retried === 0)
      throw new InvalidStateError(`'${plan.id}' has no failed or cancelled job to retry`);
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
        priority: bodyOrRaw(record.body, 0).terms.priority ?? 0,
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

function statusOf(found: Exclude<Found, { kind: 'plan' }>, view: JobView): string {
  if (found.kind === 'job') return view.statusOf(found.record);
  return found.message.kind === 'schedule' ? 'a schedule' : view.ofMessage(found.message).status;
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
    deleting: undefined,
  };
}
