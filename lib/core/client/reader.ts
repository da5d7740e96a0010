import type { Codec } from '../codec.js';
import { decodeValue } from '../encoded-value.js';
import { NotFoundError } from '../errors.js';
import type { ChainMessage, GroupMessage, JobMessage } from '../job-message.js';
import type { JobStatus } from '../job-status.js';
import { bodyOrRaw } from '../message/unreadable-body.js';
import type { PlanRecord } from '../ports/record.js';
import type { Results } from '../ports/results.js';
import { chainStatus, currentStep, groupStatus } from '../workflow/plan-state.js';
import type { PrevDecoder } from '../workflow/prev-decoder.js';
import { resultsOfMembers } from '../workflow/prev-results.js';
import { planIdOf, type Finder, type Found } from './finder.js';
import type { JobView } from './job-view.js';

/** Answers questions about ids. */
export class Reader {
  constructor(
    private readonly parts: {
      readonly finder: Finder;
      readonly results: Results;
      readonly codec: Codec;
      readonly view: JobView;
      readonly prev: PrevDecoder;
    },
  ) {}

  find(id: string): Promise<Found | undefined> {
    return this.parts.finder.find(id);
  }

  /** What is known of a member, or a step; undefined where its id is somebody else's. */
  async member(plan: PlanRecord, id: string): Promise<Found | undefined> {
    const found = await this.find(id);
    return found !== undefined && planIdOf(found) === plan.id ? found : undefined;
  }

  async job(id: string): Promise<JobMessage> {
    return this.shown(id, await this.find(id));
  }

  /** Those of them that are jobs. */
  async jobs(ids: readonly string[]): Promise<JobMessage[]> {
    const found = await this.parts.finder.findAll(ids);
    return ids.flatMap((id) => {
      const one = found.get(id);
      if (one?.kind === 'job') return [this.parts.view.ofRecord(one.record)];
      return one?.kind === 'message' ? [this.parts.view.ofMessage(one.message)] : [];
    });
  }

  /** What was found of a job. Throws NotFoundError where that is no job. */
  async shown(id: string, found: Found | undefined): Promise<JobMessage> {
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
    const open = plan.memberIds.filter((_, index) => plan.marks[index] === 'open');
    const members = await this.parts.finder.findAll(open);
    const statusOf = (memberId: string, index: number): JobStatus => {
      const mark = plan.marks[index] ?? 'open';
      return mark === 'open' ? this.#openStatus(members.get(memberId)) : mark;
    };
    return {
      id,
      status: groupStatus(plan),
      jobIds: [...plan.memberIds],
      jobStatus: Object.fromEntries(
        plan.memberIds.map((memberId, index) => [memberId, statusOf(memberId, index)]),
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
    const values = await resultsOfMembers(this.parts.results, plan);
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

  /** Of a member that has not ended, as far as its group knows. */
  #openStatus(found: Found | undefined): JobStatus {
    if (found?.kind === 'job') return this.parts.view.statusOf(found.record);
    if (found?.kind === 'message') return this.parts.view.ofMessage(found.message).status;
    return 'queued';
  }
}

function notFound(what: string, id: string, found: Found | undefined): NotFoundError {
  const why =
    found === undefined
      ? 'it was never enqueued, was deleted, or is past its retention'
      : `this id is a ${found.kind === 'plan' ? found.form : 'job'}'s`;
  return new NotFoundError(`no ${what} '${id}': ${why}`);
}
