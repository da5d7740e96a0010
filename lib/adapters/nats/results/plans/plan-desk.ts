import type { PlanProgress } from '../../../../core/ports/results.js';
import { withEarlyMarks } from './early-marks.js';
import { applyAll, marksAmong, type PlanChange } from './plan-changes.js';
import type { NoPlan, PlanReader, PlanView } from './plan-reader.js';
import type { PlanWriter } from './plan-writer.js';
import { RecentViews } from './recent-views.js';

interface Request {
  readonly change: PlanChange;
  readonly resolve: (progress: PlanProgress | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Changes how plans stand. One write per plan is under way at a time; what is asked meanwhile goes
 * into the next one together, so that thousands of marks need some dozens of writes.
 */
export class PlanDesk {
  readonly #recent = new RecentViews();
  /** What waits for the write that is under way, by plan. */
  readonly #waiting = new Map<string, Request[]>();

  constructor(
    private readonly reader: PlanReader,
    private readonly writer: PlanWriter,
    private readonly now: () => number,
  ) {}

  /** Gives how the plan stands afterwards; undefined where there is none. */
  change(planId: string, change: PlanChange): Promise<PlanProgress | undefined> {
    return new Promise((resolve, reject) => {
      const request = { change, resolve, reject };
      const waiting = this.#waiting.get(planId);
      if (waiting) waiting.push(request);
      else {
        this.#waiting.set(planId, [request]);
        // What else is asked within this turn travels along.
        process.nextTick(() => void this.#serve(planId));
      }
    });
  }

  /** Somebody has put something else in its place. */
  forget(planId: string): void {
    this.#recent.drop(planId);
  }

  async #serve(planId: string): Promise<void> {
    for (;;) {
      const requests = this.#waiting.get(planId) ?? [];
      if (requests.length === 0) break;
      this.#waiting.set(planId, []);
      const changes = requests.map(({ change }) => change);
      try {
        const progress = await this.#change(planId, changes);
        for (const { resolve } of requests) resolve(progress);
      } catch (error) {
        this.#recent.drop(planId);
        for (const { reject } of requests) reject(error);
      }
    }
    this.#waiting.delete(planId);
  }

  async #change(planId: string, changes: readonly PlanChange[]): Promise<PlanProgress | undefined> {
    const recent = this.#recent.take(planId);
    // What changes nothing has nothing to compare with: how it stands now has to be read.
    let view = recent && applyAll(recent.standings, changes) ? recent : undefined;
    for (;;) {
      if (view === undefined) {
        const found = await this.reader.load(planId);
        if (!('plan' in found)) {
          if (await this.#hearEarly(planId, found, changes)) continue;
          return undefined;
        }
        view = found;
        if (!applyAll(view.standings, changes)) return this.#keep(planId, view);
      }
      const marksSeq = await this.writer.write(planId, view.standings, view.marksSeq);
      if (marksSeq !== undefined) return this.#keep(planId, { ...view, marksSeq });
      view = undefined;
    }
  }

  #keep(planId: string, view: PlanView): PlanProgress {
    this.#recent.keep(planId, view);
    return view.standings.progress;
  }

  /** True when it is to be tried again: somebody wrote meanwhile, or the plan has come. */
  async #hearEarly(
    planId: string,
    { mayCome, document, marksSeq }: NoPlan,
    changes: readonly PlanChange[],
  ): Promise<boolean> {
    const marks = marksAmong(changes);
    if (!mayCome || marks.length === 0) return false;
    const early = withEarlyMarks(document, marks, this.now());
    const stored = await this.writer.write(planId, early, marksSeq);
    // Who stores the plan reads the marks after it, and we the other way round: one sees the other.
    return stored === undefined || 'plan' in (await this.reader.load(planId));
  }
}
