import type { Clock } from '../../../core/clock.js';
import { isFinal } from '../../../core/job-status.js';
import type { JobRecord } from '../../../core/ports/record.js';
import type { AbsentPlan, AbsentPlans } from './absent-plans.js';
import { JobEntry } from './job-entry.js';
import type { Ledger } from './ledger.js';
import { PlanEntry } from './plan-entry.js';

/** Sees to it that members stay until their group or chain is over, and no longer. */
export class PlanKeeper {
  constructor(
    private readonly ledger: Ledger,
    private readonly absent: AbsentPlans,
    private readonly clock: Clock,
  ) {}

  /** Whether a job in this new state has to stay for its plan, which may yet have to come. */
  mustStay({ id, status, planId }: JobRecord): boolean {
    if (planId === undefined || !isFinal(status)) return false;
    const plan = this.ledger.find(planId);
    if (plan === undefined) this.absent.finished(planId, id, this.clock.now());
    return plan === undefined || (plan instanceof PlanEntry && plan.releasedAs === undefined);
  }

  /** A step that comes late to a chain that is over would have nobody left to release it. */
  isLate({ planId }: PlanEntry): boolean {
    const parent = planId === undefined ? undefined : this.ledger.find(planId);
    return (
      parent !== undefined && !(parent instanceof PlanEntry && parent.releasedAs === undefined)
    );
  }

  /** The plan is new, or open again: it and what belongs to it stay. */
  keep(plan: PlanEntry): void {
    this.#walk(plan, true);
  }

  /** The plan is over: it and what belongs to it age. */
  release(plan: PlanEntry): void {
    this.#walk(plan, false);
  }

  /** The plan did not come: those who waited for it age. */
  giveUp(plan: AbsentPlan): void {
    for (const id of plan.finishedIds) this.#pin(id, plan.id, false);
  }

  #walk(root: PlanEntry, kept: boolean): void {
    const family = [root];
    for (const plan of family) {
      if (kept) this.ledger.keep(plan);
      else this.ledger.release(plan, this.clock.now());
      for (const id of plan.memberIds) {
        const inner = this.#pin(id, plan.id, kept);
        if (inner) family.push(inner);
      }
    }
  }

  /** Gives the member where it is itself a plan, and one to be turned. */
  #pin(memberId: string, planId: string, kept: boolean): PlanEntry | undefined {
    const member = this.ledger.find(memberId);
    if (member instanceof JobEntry && member.record.planId === planId)
      this.ledger.jobs.pin(member, kept);
    const isPlan = member instanceof PlanEntry && member.planId === planId;
    return isPlan && kept === (member.releasedAs !== undefined) ? member : undefined;
  }
}
