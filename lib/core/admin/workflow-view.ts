import type { Finder, Found } from '../client/finder.js';
import type { JobView } from '../client/job-view.js';
import { NotFoundError } from '../errors.js';
import { isGroupTemplate, type PlanBody } from '../message/plan-body.js';
import type { PlanRecord } from '../ports/record.js';
import { followUpId, ownerName } from '../workflow/job-ids.js';
import { openPlan, templatesOf } from '../workflow/plan-move.js';
import { chainStatus, groupStatus } from '../workflow/plan-state.js';
import type { WorkflowCallback, WorkflowMember, WorkflowMessage } from './workflow-message.js';

/** Members of a group that are shown, and of one that is a step. */
const MOST_MEMBERS = 1_000;
const MOST_WITHIN_STEP = 100;

/** Shows groups and chains with their members. */
export class WorkflowView {
  constructor(
    private readonly finder: Finder,
    private readonly view: JobView,
  ) {}

  /** Throws NotFoundError. */
  async get(id: string): Promise<WorkflowMessage> {
    const found = await this.finder.find(id);
    if (found?.kind !== 'plan')
      throw new NotFoundError(
        `no group or chain '${id}': it was never enqueued, was deleted, or is past its retention`,
      );
    const { plan, form } = found;
    const { body } = openPlan(plan);
    return {
      id,
      kind: form,
      status: form === 'group' ? groupStatus(plan) : chainStatus(plan),
      enqueuedAt: new Date(body.enqueuedAt),
      members: await this.#members(plan, body, MOST_MEMBERS),
      of: plan.memberIds.length,
      callbacks: await this.#callbacks(plan, body),
      chainId: plan.planId,
    };
  }

  async #members(plan: PlanRecord, body: PlanBody, most: number): Promise<WorkflowMember[]> {
    const ids = plan.memberIds.slice(0, most);
    const found = await this.finder.findAll(ids);
    return Promise.all(
      ids.map((id, index) => this.#member({ plan, body, index, id, found: found.get(id) })),
    );
  }

  async #member({ plan, body, index, id, found }: MemberParts): Promise<WorkflowMember> {
    const announced = body.form === 'group' ? body.members[index] : body.steps[index];
    if (announced !== undefined && isGroupTemplate(announced))
      return this.#groupAsStep({ plan, body, index, id, found });
    const job = this.#job(found);
    const mark = plan.marks[index] ?? 'open';
    return {
      id,
      kind: 'job',
      status: mark === 'open' ? (job?.status ?? 'waiting') : mark,
      task: job?.task ?? announced?.task,
      error: job?.prevError,
    };
  }

  async #groupAsStep({ plan, index, id, found }: MemberParts): Promise<WorkflowMember> {
    const group = found?.kind === 'plan' ? found.plan : undefined;
    const mark = plan.marks[index] ?? 'open';
    return {
      id,
      kind: 'group',
      status: mark === 'open' ? (group ? groupStatus(group) : 'waiting') : mark,
      members: group && (await this.#members(group, openPlan(group).body, MOST_WITHIN_STEP)),
    };
  }

  async #callbacks(plan: PlanRecord, body: PlanBody): Promise<WorkflowCallback[]> {
    const owner = ownerName(plan.id, plan.generation);
    const announced = (['success', 'error', 'complete'] as const).flatMap((on) =>
      templatesOf(body, on).map(({ id, task }, index) => ({
        id: followUpId(owner, on, index, id),
        on,
        task,
      })),
    );
    const found = await this.finder.findAll(announced.map(({ id }) => id));
    return announced.map((one) => ({
      ...one,
      status: this.#job(found.get(one.id))?.status ?? 'waiting',
    }));
  }

  #job(found: Found | undefined) {
    if (found?.kind === 'job') return this.view.ofRecord(found.record);
    return found?.kind === 'message' ? this.view.ofMessage(found.message) : undefined;
  }
}

interface MemberParts {
  readonly plan: PlanRecord;
  readonly body: PlanBody;
  readonly index: number;
  readonly id: string;
  readonly found: Found | undefined;
}
