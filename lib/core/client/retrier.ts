import { InvalidStateError, NotFoundError } from '../errors.js';
import { decodeJobBody } from '../message/job-body.js';
import { decodePlanBody } from '../message/plan-body.js';
import type { Broker } from '../ports/broker.js';
import type { JobRecord, PlanRecord } from '../ports/record.js';
import type { Results } from '../ports/results.js';
import { markOfGroup } from '../workflow/plan-state.js';
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
    const generation = record.generation + 1;
    await this.parts.broker.enqueue([
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
    // A lost race is fine: the worker that begins the new generation reopens the record itself.
    await this.parts.results.put([{ record: reopened(record, generation), expect: revision }]);
    if (record.planId !== undefined) await this.#reopen(record.planId, record.id, generation);
  }

  /** A plan's end is taken back, and so is that of the chain above it. */
  async #reopen(planId: string, memberId: string, generation: number): Promise<void> {
    const { results } = this.parts;
    const [before] = await results.get([planId]);
    if (before?.record.kind !== 'plan') return;
    await results.mark([
      ...(before.record.cancelled
        ? [{ planId, generation: before.record.generation, status: 'open' as const }]
        : []),
      { planId, memberId, generation, status: 'open' },
    ]);
    const [after] = await results.get([planId]);
    if (after?.record.kind !== 'plan' || decodePlanBody(after.record.body).form !== 'group') return;
    const chainId = after.record.planId;
    if (chainId !== undefined)
      await this.#reopen(chainId, planId, markOfGroup(after.record).generation);
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
