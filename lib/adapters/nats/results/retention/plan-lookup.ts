import type { FinalStatus } from '../../../../core/job-status.js';
import { REDELIVERY_HORIZON_MS } from '../../../../core/lease.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import { finalStatusOf, letterCode } from '../catalogue/letter-codes.js';
import { LETTERS } from '../messages/message-label.js';
import { PLAN_STATES } from '../plans/plan-writer.js';
import type { Subjects } from '../messages/subjects.js';

export interface Released {
  readonly at: number;
  readonly as: FinalStatus;
}

const PLAN = letterCode(LETTERS.plan);

/** Plans as the catalogue shows them at one moment. Plans are numbers: their token's. */
export class PlanLookup {
  readonly #releases = new Map<number, Released | undefined>();
  readonly #awaited = new Map<number, boolean>();
  /** When a member of a plan last finished. */
  readonly #lastFinishes = new Map<number, number>();

  constructor(
    private readonly catalogue: Catalogue,
    private readonly subjects: Subjects,
    private readonly now: number,
  ) {
    const { rows } = catalogue;
    for (let row = 0; row < rows.length; row += 1) {
      const { letter, plan, at } = rows.get(row);
      if (plan !== 0 && finalStatusOf(letter) !== undefined)
        this.#lastFinishes.set(plan, Math.max(at, this.#lastFinishes.get(plan) ?? 0));
    }
  }

  /** Whether members of this plan have to stay: it is not over, or may yet come. */
  holdsMembers(plan: number): boolean {
    const row = this.rowOf(plan);
    if (row === undefined) return this.#isAwaited(plan);
    return this.#isPlan(row) && this.releaseOf(plan) === undefined;
  }

  /** Since when a plan that is there ages, and by which retention; undefined while it is not over. */
  releaseOf(plan: number): Released | undefined {
    if (!this.#releases.has(plan)) {
      // Should plans be each other's steps, the search ends here.
      this.#releases.set(plan, undefined);
      this.#releases.set(plan, this.#ownRelease(plan) ?? this.#inheritedRelease(plan));
    }
    return this.#releases.get(plan);
  }

  /** What lies under the plan's id. */
  rowOf(plan: number): number | undefined {
    return this.catalogue.find(this.subjects.recordOfToken(this.#token(plan)));
  }

  #ownRelease(plan: number): Released | undefined {
    const marks = this.#marksOf(plan);
    return marks?.state === PLAN_STATES.released ? { at: marks.at, as: marks.outcome } : undefined;
  }

  /** Steps end with their chain, those that come late too. */
  #inheritedRelease(plan: number): Released | undefined {
    const row = this.rowOf(plan);
    const { rows } = this.catalogue;
    const chain = row === undefined ? 0 : (rows.plan[row] ?? 0);
    const chainRow = chain === 0 ? undefined : this.rowOf(chain);
    if (chainRow === undefined) return undefined;
    const as = this.#marksOf(plan)?.outcome ?? 'failed';
    if (!this.#isPlan(chainRow)) return { at: rows.at[chainRow] ?? 0, as };
    const release = this.releaseOf(chain);
    return release && { at: release.at, as };
  }

  /** A plan that was spoken of within the horizon may still come. */
  #isAwaited(plan: number): boolean {
    const known = this.#awaited.get(plan);
    if (known !== undefined) return known;
    const marks = this.#marksOf(plan);
    const marked = marks?.state === PLAN_STATES.early ? marks.at : 0;
    const heardAt = Math.max(marked, this.#lastFinishes.get(plan) ?? 0);
    const isAwaited = heardAt + REDELIVERY_HORIZON_MS > this.now;
    this.#awaited.set(plan, isAwaited);
    return isAwaited;
  }

  #marksOf(plan: number) {
    const row = this.catalogue.find(this.subjects.marksOfToken(this.#token(plan)));
    if (row === undefined) return undefined;
    const { queue, task, at } = this.catalogue.rows.get(row);
    const outcome = this.catalogue.names.nameOf(task) ?? 'failed';
    return {
      state: this.catalogue.names.nameOf(queue),
      outcome: outcome === 'successful' || outcome === 'cancelled' ? outcome : 'failed',
      at,
    } as const;
  }

  #isPlan(row: number): boolean {
    return this.catalogue.rows.letter[row] === PLAN;
  }

  #token(plan: number): string {
    return this.catalogue.names.nameOf(plan) ?? '';
  }
}
