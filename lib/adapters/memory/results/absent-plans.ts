import type { Mark } from '../../../core/ports/results.js';
import { supersedes } from './standing.js';

/** What is known of a plan that nobody has stored yet. */
export interface AbsentPlan {
  readonly id: string;
  readonly marks: ReadonlyMap<string | undefined, Mark>;
  /** Members that have finished: they stay, for the plan may still come. */
  readonly finishedIds: ReadonlySet<string>;
}

class Awaited implements AbsentPlan {
  readonly marks = new Map<string | undefined, Mark>();
  readonly finishedIds = new Set<string>();
  /** When it was last heard of. */
  at = 0;

  constructor(readonly id: string) {}
}

/** Plans that are spoken of before they are there: a member may be quicker than its plan. */
export class AbsentPlans {
  /** Last heard of longest ago first. */
  readonly #plans = new Map<string, Awaited>();

  get size(): number {
    return this.#plans.size;
  }

  mark(mark: Mark, now: number): void {
    const { marks } = this.#hearOf(mark.planId, now);
    const last = marks.get(mark.memberId);
    if (last === undefined || supersedes(mark, last)) marks.set(mark.memberId, mark);
  }

  finished(planId: string, memberId: string, now: number): void {
    this.#hearOf(planId, now).finishedIds.add(memberId);
  }

  /** Gives what is known of a plan, and forgets it. */
  take(planId: string): AbsentPlan | undefined {
    const plan = this.#plans.get(planId);
    this.#plans.delete(planId);
    return plan;
  }

  /** Takes the one last heard of longest ago, if that is not after `at`. */
  takeOldest(at: number): AbsentPlan | undefined {
    for (const [planId, plan] of this.#plans) return plan.at <= at ? this.take(planId) : undefined;
    return undefined;
  }

  #hearOf(planId: string, now: number): Awaited {
    const plan = this.#plans.get(planId) ?? new Awaited(planId);
    plan.at = now;
    this.#plans.delete(planId);
    this.#plans.set(planId, plan);
    return plan;
  }
}
