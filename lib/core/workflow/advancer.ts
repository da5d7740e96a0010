import type { JobRecord, PlanRecord } from '../ports/record.js';
import type { Results } from '../ports/results.js';
import type { Dispatcher } from './dispatcher.js';
import type { MemberEnd } from './member-end.js';
import { moveOf, openPlan, sourceOf, type MoveSettings, type OpenPlan } from './plan-move.js';
import { lookUpResults, type KnownJobs } from './prev-results.js';

/** Plans are moved on together until they have so many members, whose results are in memory then. */
const MOST_MEMBERS = 2_000;

/** Plans that may have something to do, as they stand where that is known. */
type DuePlans = ReadonlyMap<string, PlanRecord | undefined>;

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

  /**
   * Marks members as ended, and dispatches all that follows, up through the plans above. `recorded`: jobs
   * just recorded, which need not be looked up.
   */
  async advance(ends: readonly MemberEnd[], recorded: readonly JobRecord[] = []): Promise<void> {
    const known = new Map(recorded.map((record) => [record.id, record]));
    let pending = ends;
    while (pending.length > 0) pending = await this.#moveOn(await this.#mark(pending), known);
  }

  /** For a plan that was just stored, or may have come to a standstill. */
  async resume(planId: string): Promise<void> {
    await this.advance(await this.#moveOn(new Map([[planId, undefined]]), new Map()));
  }

  async #mark(ends: readonly MemberEnd[]): Promise<DuePlans> {
    const replies = await this.results.mark(ends.map(markOf));
    const due = new Map<string, PlanRecord | undefined>();
    ends.forEach(({ planId, chain }, index) => {
      const reply = replies[index];
      if (reply && (chain || reply.open === 0)) due.set(planId, reply.plan);
    });
    return due;
  }

  async #moveOn(due: DuePlans, known: KnownJobs): Promise<MemberEnd[]> {
    const ends: MemberEnd[] = [];
    for (const plans of portions(await this.#read(due)))
      ends.push(...(await this.#move(plans, known)));
    return ends;
  }

  async #read(due: DuePlans): Promise<OpenPlan[]> {
    const plans = [...due.values()].filter((plan) => plan !== undefined);
    const unseen = [...due].flatMap(([id, plan]) => (plan ? [] : [id]));
    const found = unseen.length === 0 ? [] : await this.results.get(unseen);
    for (const one of found) if (one?.record.kind === 'plan') plans.push(one.record);
    return plans.map(openPlan);
  }

  /** One call for each step of the way, however many plans there are. */
  async #move(plans: readonly OpenPlan[], known: KnownJobs): Promise<MemberEnd[]> {
    const prevs = await lookUpResults(this.results, plans.map(sourceOf), known);
    const moves = plans.map((plan, index) => moveOf(plan, prevs[index], this.settings));
    const refused = await this.dispatcher.send(moves.flatMap(({ messages }) => messages));
    const ended = moves.filter(({ ends }) => ends.length > 0);
    if (ended.length > 0) await this.results.dispatched(ended);
    const over = moves.filter((move) => move.over).map(({ planId }) => planId);
    if (over.length > 0) await this.results.release(over);
    return [...refused, ...moves.flatMap(({ told }) => told)];
  }
}

/** In a chain each end matters, in a group the last one alone. */
function markOf({ chain, ...mark }: MemberEnd) {
  return { ...mark, show: chain ? ('always' as const) : ('ended' as const) };
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
