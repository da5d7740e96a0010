import type { PlanView } from './plan-reader.js';

const MOST_VIEWS = 100;

/** Plans that were marked a short while ago, so that marking them again needs no reading. */
export class RecentViews {
  /** Used longest ago first. */
  readonly #views = new Map<string, PlanView>();

  /** It is to be brought back, changed, or is forgotten. */
  take(planId: string): PlanView | undefined {
    const view = this.#views.get(planId);
    this.#views.delete(planId);
    return view;
  }

  keep(planId: string, view: PlanView): void {
    this.#views.set(planId, view);
    if (this.#views.size <= MOST_VIEWS) return;
    for (const oldest of this.#views.keys()) {
      this.#views.delete(oldest);
      return;
    }
  }

  drop(planId: string): void {
    this.#views.delete(planId);
  }
}
