import type { Clock } from '../../../core/clock.js';
import type { PlanRecord } from '../../../core/ports/record.js';
import type { Mark, MarkReply, PlanProgress } from '../../../core/ports/results.js';
import type { AbsentPlans } from './absent-plans.js';
import type { Entry, Ledger } from './ledger.js';
import { PlanEntry } from './plan-entry.js';
import type { PlanKeeper } from './plan-keeper.js';
import { TombstoneEntry } from './tombstone-entry.js';

/** Groups and chains: announced once, marked in whatever order the marks arrive. */
export class PlanBook {
  constructor(
    private readonly ledger: Ledger,
    private readonly absent: AbsentPlans,
    private readonly keeper: PlanKeeper,
    private readonly clock: Clock,
  ) {}

  /** Stores it if nothing stands in the way; undefined where something does that is no plan. */
  store(plan: PlanRecord): PlanProgress | undefined {
    const found = this.ledger.find(plan.id);
    if (found === undefined) return this.#add(plan);
    if (found instanceof PlanEntry) return found.progress;
    const givesWay = found instanceof TombstoneEntry && found.record.generation < plan.generation;
    return givesWay ? this.#add(plan, found) : undefined;
  }

  /** How the plan of a mark stands now. */
  replyTo({ planId, show }: Mark): MarkReply | undefined {
    const found = this.#find(planId);
    if (found === undefined) return undefined;
    const { progress } = found;
    const isShown = show === 'always' || (show === 'ended' && progress.open === 0);
    return isShown ? { ...progress, plan: found.record } : progress;
  }

  /** On a plan that is not there the mark waits; on one that was deleted it is ignored. */
  mark(mark: Mark): void {
    const found = this.ledger.find(mark.planId);
    if (found === undefined) this.absent.mark(mark, this.clock.now());
    if (!(found instanceof PlanEntry)) return;
    const openBefore = found.progress.open;
    if (!found.mark(mark)) return;
    this.ledger.planChanged(found);
    if (found.progress.open > openBefore) this.keeper.keep(found);
  }

  noteDispatched(planId: string, ends: readonly string[]): void {
    const plan = this.#find(planId);
    if (plan?.noteDispatched(ends)) this.ledger.planChanged(plan);
  }

  release(planId: string): void {
    const plan = this.#find(planId);
    if (plan) this.keeper.release(plan);
  }

  delete(id: string, generation: number): void {
    const found = this.ledger.find(id);
    if (found instanceof PlanEntry) this.keeper.release(found);
    const absent = this.absent.take(id);
    if (absent) this.keeper.giveUp(absent);
    const atLeast = Math.max(generation, found?.record.generation ?? 0);
    const tombstone = { kind: 'tombstone', id, generation: atLeast } as const;
    this.ledger.addTombstone(tombstone, this.clock.now(), found);
  }

  #add(plan: PlanRecord, replaced?: Entry): PlanProgress {
    const entry = this.ledger.addPlan(plan, replaced);
    for (const mark of this.absent.take(plan.id)?.marks.values() ?? []) entry.mark(mark);
    if (this.keeper.isLate(entry)) this.keeper.release(entry);
    else this.keeper.keep(entry);
    return entry.progress;
  }

  #find(planId: string): PlanEntry | undefined {
    const found = this.ledger.find(planId);
    return found instanceof PlanEntry ? found : undefined;
  }
}
