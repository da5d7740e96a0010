import { InvalidStateError, NotFoundError } from '../errors.js';
import { bodyOrRaw } from '../message/unreadable-body.js';
import type { Broker } from '../ports/broker.js';
import type { Message } from '../ports/message.js';
import type { JobRecord, PlanRecord } from '../ports/record.js';
import type { Results } from '../ports/results.js';
import type { Workflow } from '../workflow/workflow.js';
import type { JobView } from './job-view.js';
import type { Found } from './finder.js';
import type { Reader } from './reader.js';

/** What comes due by itself so soon is left to it. */
const SOON_MS = 1_000;

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
    if (found.kind === 'plan') {
      if ((await this.#retryPlan(found.plan)) === 0)
        throw new InvalidStateError(`'${id}' has no failed or cancelled job to retry`);
      return;
    }
    const status = statusOf(found, this.parts.view);
    if (found.kind !== 'job' || (status !== 'failed' && status !== 'cancelled'))
      throw new InvalidStateError(
        `'${id}' is ${status}: only failed and cancelled jobs can be retried`,
      );
    if (found.record.deleting)
      throw new InvalidStateError(
        `'${id}' is being deleted, and cannot be retried: if deleteJob() was broken off, call it again`,
      );
    await this.#retryJob(found.record, found.revision);
  }

  /**
   * Runs the unsuccessful members of a group, or the failing step of a chain, again; gives how many that
   * were. Throws NotFoundError.
   */
  async retryMembers(id: string): Promise<number> {
    const found = await this.parts.reader.find(id);
    if (found?.kind !== 'plan') throw new NotFoundError(`no group or chain '${id}' to retry`);
    return this.#retryPlan(found.plan);
  }

  async #retryPlan(plan: PlanRecord): Promise<number> {
    let retried = 0;
    for (const [index, id] of plan.memberIds.entries()) {
      const mark = plan.marks[index];
      if (mark !== 'failed' && mark !== 'cancelled') continue;
      // Deleted since, or never its own: nothing to run again.
      if (!(await this.parts.reader.member(plan, id))) continue;
      await this.retry(id);
      retried += 1;
    }
    return retried;
  }

  /**
   * Makes a scheduled or retrying job due at once: its message is replaced by one of the next generation,
   * its retries stay used. Throws NotFoundError, or InvalidStateError for any other job.
   */
  async runNow(id: string): Promise<void> {
    const found = await this.parts.reader.find(id);
    if (found === undefined || found.kind === 'plan')
      throw new NotFoundError(`no job '${id}' to run: it was never enqueued, or was deleted`);
    const status = statusOf(found, this.parts.view);
    if (status !== 'scheduled' && status !== 'retrying')
      throw new InvalidStateError(
        `'${id}' is ${status}: only scheduled and retrying jobs can be made due at once`,
      );
    if (await this.#isDueSoon(id)) return;
    if (found.kind === 'job') return this.#sendAgain(found, found.record.retried);
    await this.parts.broker.enqueue([again(found.message, found.message.priority)]);
  }

  /** To replace it now could take it from a worker that has just been given it. */
  async #isDueSoon(id: string): Promise<boolean> {
    const { broker } = this.parts;
    const [[message], now] = await Promise.all([broker.find([id]), broker.ping()]);
    return message === undefined || message.dueAt - now < SOON_MS;
  }

  async #retryJob(record: JobRecord, revision: number): Promise<void> {
    if (!record.dispatched) {
      // Its worker may have died before: the new generation would take the last trace of it away.
      await this.parts.workflow.aftermath.follow([{ record, revision }]);
      return this.retry(record.id);
    }
    await this.#sendAgain({ record, revision }, 0);
  }

  async #sendAgain(
    { record, revision }: { readonly record: JobRecord; readonly revision: number },
    retried: number,
  ): Promise<void> {
    const { broker, results, workflow } = this.parts;
    const message = again(record, bodyOrRaw(record.body, 0).terms.priority ?? 0);
    const { generation } = message;
    await broker.enqueue([message]);
    // A lost race is fine: the worker that begins the new generation reopens the record, and the plan, itself.
    await results.put([{ record: reopened(record, generation, retried), expect: revision }]);
    if (record.planId !== undefined)
      await workflow.reopener.reopen(record.planId, record.id, generation);
  }
}

function statusOf(found: Exclude<Found, { kind: 'plan' }>, view: JobView): string {
  if (found.kind === 'job') return view.statusOf(found.record);
  return found.message.kind === 'schedule' ? 'a schedule' : view.ofMessage(found.message).status;
}

/** The same job, due at once, under the next generation. */
function again(
  { id, generation, queue, body }: Pick<Message, 'id' | 'generation' | 'queue' | 'body'>,
  priority: number,
): Message {
  return { id, generation: generation + 1, kind: 'job', queue, priority, fresh: false, body };
}

function reopened(record: JobRecord, generation: number, retried: number): JobRecord {
  return {
    ...record,
    generation,
    run: record.run + 1,
    status: 'queued',
    retried,
    result: undefined,
    finishedAt: undefined,
    retryAt: undefined,
    deleting: undefined,
  };
}
