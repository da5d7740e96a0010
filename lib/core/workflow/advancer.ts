import type { Results } from '../ports/results.js';
import type { Dispatcher } from './dispatcher.js';
import type { MemberEnd } from './member-end.js';
import { moveOf, openPlan, sourceOf, type MoveSettings, type OpenPlan } from './plan-move.js';
import { lookUpResults } from './prev-results.js';

/** Plans are moved on together until they have so many members, whose results are in memory then. */
const MOST_MEMBERS = 2_000;

/**
 * Moves groups and chains on. Ends are levels, not edges: whoever sees a plan ended, or a step due,
 * dispatches what follows by fixed ids (rule 8), so that doing it again changes nothing.
 */
export class Advancer {
  constructor(
    private readonly results: Results,
    private readonly dispatcher: Dispatcher,
    private readonly settings: MoveSettings,
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
    if (planIds.size === 0) return [];
    const plans = (await this.results.get([...planIds])).flatMap(openPlan);
    const ends: MemberEnd[] = [];
    for (const some of portions(plans)) ends.push(...(await this.#move(some)));
    return ends;
  }

  /** One call for each step of the way, however many plans there are. */
  async #move(plans: readonly OpenPlan[]): Promise<MemberEnd[]> {
    const prevs = await lookUpResults(this.results, plans.map(sourceOf));
    const moves = plans.map((plan, index) => moveOf(plan, prevs[index], this.settings));
    const refused = await this.dispatcher.send(moves.flatMap(({ messages }) => messages));
    const ended = moves.filter(({ ends }) => ends.length > 0);
    if (ended.length > 0) await this.results.dispatched(ended);
    const over = moves.filter((move) => move.over).map(({ planId }) => planId);
    if (over.length > 0) await this.results.release(over);
    return [...refused, ...moves.flatMap(({ told }) => told)];
  }
}

function portions(plans: readonly OpenPlan[]): OpenPlan[][] {
  const all: OpenPlan[][] = [];
  let members = MOST_MEMBERS;
  for (const plan of plans) {
    if (members >= MOST_MEMBERS) {
      all.push([]);
      members = 0;
    }
    all.at(-1)?.push(plan);
    members += plan.record.memberIds.length;
  }
  return all;
}
