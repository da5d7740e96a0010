import { NotFoundError } from '../errors.js';
import { toNotice, type Interruption } from '../interrupt-notice.js';
import { isFinal } from '../job-status.js';
import { planBodyOrNone } from '../message/plan-body.js';
import type { Broker } from '../ports/broker.js';
import type { PlanRecord } from '../ports/record.js';
import type { Results } from '../ports/results.js';
import type { RecordNews } from '../record-news.js';
import { planRecord } from '../workflow/plan-start.js';
import { chainStatus, currentStep, groupStatus } from '../workflow/plan-state.js';
import type { Workflow } from '../workflow/workflow.js';
import { cancelledMessage, cancelledRecord } from './cancelled-record.js';
import type { JobView } from './job-view.js';
import type { Found } from './finder.js';
import type { Reader } from './reader.js';
import type { UnsentMembers } from './unsent-members.js';

/** Others may write the record while it is cancelled; more often than this in a row is no race. */
const MOST_ROUNDS = 20;

export interface CancellerParts {
  readonly broker: Broker;
  readonly results: Results;
  readonly workflow: Workflow;
  readonly reader: Reader;
  readonly view: JobView;
  readonly unsent: UnsentMembers;
  readonly news: RecordNews;
}

/**
 * Cancelling is an outcome like any other (rule 6): record it by compare-and-set, mark and dispatch
 * what follows, then remove the message. Repeating the call redoes the rest.
 */
export class Canceller {
  constructor(private readonly parts: CancellerParts) {}

  /** False when there is an outcome already. Throws NotFoundError. */
  async cancel(id: string, why: Interruption['why'] = 'cancelled'): Promise<boolean> {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const found = await this.parts.reader.find(id);
      if (found === undefined) throw unknown(id);
      if (found.kind === 'plan') return this.#cancelPlan(found.plan, found.form, why);
      const done = await this.#cancelJob(found, why);
      if (done !== undefined) return done;
    }
    throw new NotFoundError(`'${id}' changes too fast to be cancelled: try again`);
  }

  /** Undefined when somebody else changed the job meanwhile. */
  async #cancelJob(found: Found, why: Interruption['why']): Promise<boolean | undefined> {
    const { broker, results, view } = this.parts;
    if (found.kind === 'message' && found.message.kind === 'schedule') {
      const [removed] = await broker.remove([found.message]);
      return removed === true;
    }
    if (found.kind === 'plan') return undefined;
    if (found.kind === 'job' && isFinal(found.record.status)) {
      if (found.record.status === 'cancelled') await this.#finish(found.record, found.revision);
      return false;
    }
    // By server time: how long its record stays is counted from then (rules 7, 15).
    const cancellation = { at: await broker.ping(), deleting: why === 'deleted' };
    const record =
      found.kind === 'job'
        ? cancelledRecord(found.record, cancellation)
        : cancelledMessage(found.message, view.ofMessage(found.message), cancellation);
    const expect = found.kind === 'job' ? found.revision : 0;
    const [reply] = await results.put([{ record, expect }]);
    if (!reply?.stored) return undefined;
    await broker.broadcast(toNotice({ id: record.id, generation: record.generation, why }));
    // Its end may be that of its plan, which perhaps no worker has seen yet.
    if (record.planId !== undefined) await this.#keepPlan(record.planId);
    await this.#finish(record, reply.revision);
    if (why === 'cancelled') this.parts.news.tell(record, 'cancelled');
    return true;
  }

  async #finish(
    record: Parameters<Workflow['aftermath']['follow']>[0][number]['record'],
    revision: number,
  ): Promise<void> {
    await this.parts.workflow.aftermath.follow([{ record, revision }]);
    await this.parts.broker.remove([record]);
  }

  async #cancelPlan(
    plan: PlanRecord,
    form: 'group' | 'chain',
    why: Interruption['why'],
  ): Promise<boolean> {
    const { results, workflow, broker, reader } = this.parts;
    const status = form === 'group' ? groupStatus(plan) : chainStatus(plan);
    if (status === 'successful' || status === 'failed') return false;
    await this.#keepPlan(plan.id);
    // The whole first: a step that ends now must not start the next one.
    await results.mark([{ planId: plan.id, generation: plan.generation, status: 'cancelled' }]);
    for (const id of toCancel(plan, form))
      if (await reader.member(plan, id)) await this.cancel(id, why).catch(unlessGone);
      else await this.#cancelUnsent(plan, id, { form, why });
    await workflow.advancer.resume(plan.id);
    await broker.remove([plan]);
    return status !== 'cancelled';
  }

  /** A member that was never sent, or is somebody else's job. */
  async #cancelUnsent(
    plan: PlanRecord,
    id: string,
    { form, why }: { form: 'group' | 'chain'; why: Interruption['why'] },
  ): Promise<void> {
    const { broker, unsent, workflow } = this.parts;
    const cancellation = { at: await broker.ping(), deleting: why === 'deleted' };
    const generation = await unsent.cancel(plan, id, cancellation);
    const mark = { planId: plan.id, memberId: id, generation, status: 'cancelled' } as const;
    await workflow.advancer.advance([{ ...mark, chain: form === 'chain' }]);
  }

  /** A plan that no worker has expanded yet is only a message: cancelled, it has to be on record. */
  async #keepPlan(id: string): Promise<void> {
    const [message] = await this.parts.broker.find([id]);
    const body = message?.kind === 'plan' ? planBodyOrNone(message.body) : undefined;
    if (message === undefined || body === undefined) return;
    const birth = { id, generation: message.generation, body };
    await this.parts.results.plan([planRecord(birth, message.body)]);
  }
}

/** Those that have not ended, and those whose cancel may be half done. */
function toCancel(plan: PlanRecord, form: 'group' | 'chain'): readonly string[] {
  const step = currentStep(plan);
  if (form === 'chain') return plan.memberIds.slice(step, step + 1);
  const { marks, memberIds } = plan;
  return memberIds.filter((_, index) => marks[index] === 'open' || marks[index] === 'cancelled');
}

/** Who deleted a member has marked it as well. */
function unlessGone(error: unknown): void {
  if (!(error instanceof NotFoundError)) throw error;
}

function unknown(id: string): NotFoundError {
  return new NotFoundError(
    `nothing to cancel: '${id}' was never enqueued, was deleted, or is past its retention`,
  );
}
