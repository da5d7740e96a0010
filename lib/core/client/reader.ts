import type { Codec } from '../codec.js';
import { decodeValue } from '../encoded-value.js';
import { NotFoundError } from '../errors.js';
import type { ChainMessage, GroupMessage, JobMessage } from '../job-message.js';
import type { JobStatus } from '../job-status.js';
import { decodePlanBody } from '../message/plan-body.js';
import { bodyOrRaw } from '../message/unreadable-body.js';
import type { Broker } from '../ports/broker.js';
import type { StoredMessage } from '../ports/message.js';
import type { JobRecord, PlanRecord, Versioned } from '../ports/record.js';
import type { Results } from '../ports/results.js';
import { planRecord } from '../workflow/plan-start.js';
import { chainStatus, currentStep, groupStatus } from '../workflow/plan-state.js';
import type { PrevDecoder } from '../workflow/prev-decoder.js';
import { resultsOfMembers } from '../workflow/prev-results.js';
import type { JobView } from './job-view.js';

/** What is known of an id: its record, else its message, else nothing. */
export type Found =
  | { readonly kind: 'job'; readonly record: JobRecord; readonly revision: number }
  | { readonly kind: 'plan'; readonly plan: PlanRecord; readonly form: 'group' | 'chain' }
  | { readonly kind: 'message'; readonly message: StoredMessage };

/**
 * Answers questions about ids. A status is derived: results, then broker, then results again, because
 * a job that ends between the first two looks is in neither (rule 4).
 */
export class Reader {
  constructor(
    private readonly parts: {
      readonly broker: Broker;
      readonly results: Results;
      readonly codec: Codec;
      readonly view: JobView;
      readonly prev: PrevDecoder;
    },
  ) {}

  async find(id: string): Promise<Found | undefined> {
    const first = await this.#recorded(id);
    return foundIn(first) ?? (await this.#waiting(id, first)) ?? foundIn(await this.#recorded(id));
  }

  /** What is known of a member, or a step; undefined where its id is somebody else's. */
  async member(plan: PlanRecord, id: string): Promise<Found | undefined> {
    const found = await this.find(id);
    return found !== undefined && planIdOf(found) === plan.id ? found : undefined;
  }

  async job(id: string): Promise<JobMessage> {
    const found = await this.find(id);
    const { view } = this.parts;
    if (found?.kind === 'job') return this.#withPrev(view.ofRecord(found.record), found.record);
    if (found?.kind === 'message')
      return this.#withPrev(view.ofMessage(found.message), found.message);
    throw notFound('job', id, found);
  }

  async group(id: string): Promise<GroupMessage> {
    const found = await this.find(id);
    if (found?.kind !== 'plan' || found.form !== 'group') throw notFound('group', id, found);
    const { plan } = found;
    const statuses = await Promise.all(
      plan.memberIds.map((memberId, index) => this.#memberStatus(plan, memberId, index)),
    );
    return {
      id,
      status: groupStatus(plan),
      jobIds: [...plan.memberIds],
      jobStatus: Object.fromEntries(
        plan.memberIds.map((jobId, i) => [jobId, statuses[i] ?? 'queued']),
      ),
    };
  }

  async chain(id: string): Promise<ChainMessage> {
    const found = await this.find(id);
    if (found?.kind !== 'plan' || found.form !== 'chain') throw notFound('chain', id, found);
    const { plan } = found;
    const step = currentStep(plan);
    return {
      id,
      status: chainStatus(plan),
      jobId: plan.memberIds[step] ?? plan.memberIds.at(-1) ?? '',
      prevJobs: plan.memberIds.slice(0, Math.min(step, plan.memberIds.length - 1)),
    };
  }

  /** The jobs of an existing group, or the steps of a chain; none where the id is something else's. */
  async memberIds(id: string): Promise<readonly string[]> {
    const found = await this.find(id);
    return found?.kind === 'plan' ? found.plan.memberIds : [];
  }

  /** Undefined while there is none. Throws NotFoundError for an unknown id. */
  async result(id: string): Promise<unknown> {
    const found = await this.find(id);
    if (found === undefined) throw notFound('job, group or chain', id, found);
    if (found.kind === 'message') return undefined;
    if (found.kind === 'job')
      return found.record.result && decodeValue(this.parts.codec, found.record.result);
    if (found.form === 'group') return this.#groupResult(found.plan);
    const last = found.plan.memberIds.at(-1);
    return chainStatus(found.plan) === 'successful' && last !== undefined
      ? this.result(last)
      : undefined;
  }

  async #groupResult(plan: PlanRecord): Promise<unknown[]> {
    const all = await resultsOfMembers(this.parts.results, plan, Infinity);
    const values = all.kind === 'values' ? all.values : [];
    return values.map((value) => value && decodeValue(this.parts.codec, value));
  }

  /** A large previous result did not travel with the job: it is looked up where it stayed. */
  async #withPrev(shown: JobMessage, { body }: { readonly body: Uint8Array }): Promise<JobMessage> {
    const { prev } = bodyOrRaw(body, 0).terms;
    if (prev?.kind !== 'reference') return shown;
    const prevJobResult = await this.parts.prev.decode(prev).catch((error: unknown) => {
      if (!(error instanceof NotFoundError)) throw error;
    });
    return { ...shown, prevJobResult };
  }

  async #memberStatus(plan: PlanRecord, id: string, index: number): Promise<JobStatus> {
    const mark = plan.marks[index];
    if (mark !== undefined && mark !== 'open') return mark;
    const found = await this.find(id);
    if (found?.kind === 'job') return this.parts.view.statusOf(found.record);
    if (found?.kind === 'message') return this.parts.view.ofMessage(found.message).status;
    return 'queued';
  }

  async #recorded(id: string): Promise<Versioned | undefined> {
    const [found] = await this.parts.results.get([id]);
    return found;
  }

  /** A message that was deleted and has come back (a broker may forget) is not there any more. */
  async #waiting(id: string, recorded: Versioned | undefined): Promise<Found | undefined> {
    const [message] = await this.parts.broker.find([id]);
    if (message === undefined || message.generation <= (recorded?.record.generation ?? 0))
      return undefined;
    if (message.kind !== 'plan') return { kind: 'message', message };
    const body = decodePlanBody(message.body);
    const birth = { id, generation: message.generation, body };
    return { kind: 'plan', plan: planRecord(birth, message.body), form: body.form };
  }
}

function foundIn(stored: Versioned | undefined): Found | undefined {
  if (stored?.record.kind === 'job')
    return { kind: 'job', record: stored.record, revision: stored.revision };
  if (stored?.record.kind !== 'plan') return undefined;
  return { kind: 'plan', plan: stored.record, form: decodePlanBody(stored.record.body).form };
}

function planIdOf(found: Found): string | undefined {
  if (found.kind === 'job') return found.record.planId;
  if (found.kind === 'plan') return found.plan.planId;
  const { groupId, chainId } = bodyOrRaw(found.message.body, 0).terms;
  return groupId ?? chainId;
}

function notFound(what: string, id: string, found: Found | undefined): NotFoundError {
  const why =
    found === undefined
      ? 'it was never enqueued, was deleted, or is past its retention'
      : `this id is a ${found.kind === 'plan' ? found.form : 'job'}'s`;
  return new NotFoundError(`no ${what} '${id}': ${why}`);
}
