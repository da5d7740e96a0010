import type { FinalStatus } from '../../../../core/job-status.js';
import { REDELIVERY_HORIZON_MS } from '../../../../core/lease.js';
import type { Retention, RetentionPolicy } from '../../../../core/ports/results.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import type { RowValues } from '../catalogue/rows.js';
import { finalStatusOf, letterCode } from '../catalogue/letter-codes.js';
import { LETTERS } from '../messages/message-label.js';
import type { Subjects } from '../messages/subjects.js';
import { PlanLookup } from './plan-lookup.js';

/** Tombstones, marks of plans that do not come, and notes serve no purpose beyond the horizon. */
const KEEP_NONE: Retention = { age: 0 };
/** Parts are written before what names them; after this time nobody will. */
const UNNAMED_PARTS_MS = 60_000;

const [PLAN, TOMBSTONE, MARKS, PART, NOTE] = (
  ['plan', 'tombstone', 'marks', 'part', 'note'] as const
).map((kind) => letterCode(LETTERS[kind]));

/** What ages alike: the oldest go first where there are too many. */
class Ageing {
  readonly #ageing: { readonly seq: number; readonly at: number }[] = [];

  constructor(private readonly retention: Retention) {}

  add(seq: number, at: number): void {
    this.#ageing.push({ seq, at });
  }

  due(now: number): number[] {
    const { age = Infinity, count = Infinity } = this.retention;
    this.#ageing.sort((one, other) => one.at - other.at || one.seq - other.seq);
    const beyondCount = this.#ageing.length - count;
    return this.#ageing
      .filter(({ at }, index) => {
        const keptMs = index < beyondCount ? 0 : age;
        return at + Math.max(REDELIVERY_HORIZON_MS, keptMs) <= now;
      })
      .map(({ seq }) => seq);
  }
}

type AgeingByOutcome = Readonly<Record<FinalStatus, Ageing>>;

/** Says which messages are past their retention. */
export class DueMessages {
  readonly #plans: PlanLookup;
  readonly #jobs: AgeingByOutcome;
  readonly #releasedPlans: AgeingByOutcome;
  readonly #rest = new Ageing(KEEP_NONE);
  readonly #parts: number[] = [];
  /** Plans that others are steps of: they stay until those are gone, which end with them. */
  readonly #chains = new Set<number>();

  constructor(
    private readonly catalogue: Catalogue,
    subjects: Subjects,
    private readonly rules: { readonly policy: RetentionPolicy; readonly now: number },
  ) {
    this.#plans = new PlanLookup(catalogue, subjects, rules.now);
    this.#jobs = ageingBy(rules.policy);
    this.#releasedPlans = ageingBy(rules.policy);
  }

  /** The sequences, in ascending order. */
  seqs(): number[] {
    const { rows } = this.catalogue;
    for (let row = 0; row < rows.length; row += 1)
      if (rows.letter[row] === PLAN) this.#chains.add(rows.plan[row] ?? 0);
    for (let row = 0; row < rows.length; row += 1) this.#sort(rows.get(row));
    const { successful, failed, cancelled } = this.#jobs;
    const { successful: ended, failed: broken, cancelled: ceased } = this.#releasedPlans;
    const lists = [successful, failed, cancelled, ended, broken, ceased, this.#rest];
    const due = lists.flatMap((list) => list.due(this.rules.now));
    return [...due, ...this.#parts].sort((one, other) => one - other);
  }

  #sort(values: RowValues): void {
    const { letter, at, seq, plan } = values;
    const outcome = finalStatusOf(letter);
    if (outcome !== undefined) {
      if (plan === 0 || !this.#plans.holdsMembers(plan)) this.#jobs[outcome].add(seq, at);
    } else if (letter === PLAN) this.#sortPlan(values);
    else if (letter === TOMBSTONE ? !this.#chains.has(values.queue) : this.#isLeftOver(values))
      this.#rest.add(seq, at);
    else if (letter === PART && this.#isUnnamed(values)) this.#parts.push(seq);
  }

  #sortPlan({ queue: plan, seq }: RowValues): void {
    const release = this.#plans.releaseOf(plan);
    if (release && !this.#chains.has(plan)) this.#releasedPlans[release.as].add(seq, release.at);
  }

  /** Notes; and marks whose plan has gone, or never came. */
  #isLeftOver({ letter, plan }: RowValues): boolean {
    if (letter !== MARKS) return letter === NOTE;
    const row = this.#plans.rowOf(plan);
    return row === undefined || this.catalogue.rows.letter[row] !== PLAN;
  }

  #isUnnamed({ plan, at }: RowValues): boolean {
    const write = this.catalogue.names.nameOf(plan) ?? '';
    return at + UNNAMED_PARTS_MS <= this.rules.now && !this.catalogue.areNamed(write);
  }
}

function ageingBy({ successful, failed, cancelled }: RetentionPolicy): AgeingByOutcome {
  return {
    successful: new Ageing(successful),
    failed: new Ageing(failed),
    cancelled: new Ageing(cancelled),
  };
}
