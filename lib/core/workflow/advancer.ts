import { decodePlanBody, type ChainBody, type GroupBody } from '../message/plan-body.js';
import type { JobTemplate, PrevResult } from '../message/job-terms.js';
import type { Message } from '../ports/broker.js';
import type { PlanRecord } from '../ports/record.js';
import type { Results } from '../ports/results.js';
import type { Dispatcher } from './dispatcher.js';
import { followUpId, ownerName, type End } from './job-ids.js';
import { jobMessage } from './job-messages.js';
import type { MemberEnd } from './member-end.js';
import { stepMessages } from './plan-start.js';
import { chainStatus, currentStep, endsDue, groupStatus, markOfGroup } from './plan-state.js';
import { resultOf, resultsOfMembers } from './prev-results.js';

/**
 * Moves groups and chains on. Ends are levels, not edges: whoever sees a plan ended, or a step due,
 * dispatches what follows by fixed ids (rule 8), so that doing it again changes nothing.
 */
export class Advancer {
  constructor(
    private readonly results: Results,
    private readonly dispatcher: Dispatcher,
    private readonly settings: { readonly together: boolean; readonly now: () => number },
  ) {}

  /** Marks members as ended, and dispatches all that follows, up through the plans above. */
  async advance(ends: readonly MemberEnd[]): Promise<void> {
    let pending = ends;
    while (pending.length > 0) {
      const progress = await this.results.mark(pending);
      const due = pending.filter((end, index) => {
        const state = progress[index];
        return state !== undefined && (end.chain || state.open === 0);
      });
      pending = await this.#moveOn(new Set(due.map(({ planId }) => planId)));
    }
  }

  /** For a plan that was just stored, or may have come to a standstill. */
  async resume(planId: string): Promise<void> {
    await this.advance(await this.#moveOn(new Set([planId])));
  }

  async #moveOn(planIds: ReadonlySet<string>): Promise<MemberEnd[]> {
    const ends: MemberEnd[] = [];
    for (const found of await this.results.get([...planIds])) {
      if (found?.record.kind !== 'plan') continue;
      const body = decodePlanBody(found.record.body);
      ends.push(
        ...(body.form === 'group'
          ? await this.#moveGroup(found.record, body)
          : await this.#moveChain(found.record, body)),
      );
    }
    return ends;
  }

  async #moveGroup(plan: PlanRecord, body: GroupBody): Promise<MemberEnd[]> {
    const status = groupStatus(plan);
    if (status === 'processing') return [];
    const templates = { success: body.onSuccess, error: body.onError, complete: body.onComplete };
    const due = endsDue(status, plan.dispatched).filter((end) => templates[end].length > 0);
    if (due.length > 0) {
      const prev = await resultsOfMembers(this.results, plan);
      const messages = due.flatMap((end) => this.#followUps(plan, end, templates[end], prev));
      await this.dispatcher.send(messages);
      await this.results.dispatched(plan.id, due);
    }
    if (plan.planId === undefined) {
      await this.results.release([plan.id]);
      return [];
    }
    return [{ planId: plan.planId, memberId: plan.id, ...markOfGroup(plan), chain: true }];
  }

  async #moveChain(plan: PlanRecord, body: ChainBody): Promise<MemberEnd[]> {
    const status = chainStatus(plan);
    const index = currentStep(plan);
    const prev = await this.#lastResult(plan, index);
    if (status === 'processing') {
      const birth = {
        index,
        prev,
        enqueuedAt: this.settings.now(),
        together: this.settings.together,
      };
      return this.dispatcher.send(stepMessages(plan, body, birth));
    }
    if (endsDue(status, plan.dispatched).includes('error') && body.onError.length > 0) {
      await this.dispatcher.send(this.#followUps(plan, 'error', body.onError, prev));
      await this.results.dispatched(plan.id, ['error']);
    }
    await this.results.release([plan.id]);
    return [];
  }

  async #lastResult(plan: PlanRecord, step: number): Promise<PrevResult | undefined> {
    const before = plan.memberIds[step - 1];
    return before === undefined ? undefined : resultOf(this.results, before);
  }

  #followUps(
    { id, generation }: PlanRecord,
    end: End,
    templates: readonly JobTemplate[],
    prev: PrevResult | undefined,
  ): Message[] {
    const owner = ownerName(id, generation);
    return templates.map((template, index) =>
      jobMessage(template, {
        id: followUpId(owner, end, index, template.id),
        enqueuedAt: this.settings.now(),
        terms: { prev },
      }),
    );
  }
}
