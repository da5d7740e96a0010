import { decodePlanBody, planBodyOrNone } from '../message/plan-body.js';
import { bodyOrRaw } from '../message/unreadable-body.js';
import type { Broker } from '../ports/broker.js';
import type { StoredMessage } from '../ports/message.js';
import type { JobRecord, PlanRecord } from '../ports/record.js';
import type { Results } from '../ports/results.js';
import { isStorable } from '../validation/values.js';
import { planRecord } from '../workflow/plan-start.js';

/** What is known of an id: its record, else its message, else nothing. */
export type Found =
  | { readonly kind: 'job'; readonly record: JobRecord; readonly revision: number }
  | { readonly kind: 'plan'; readonly plan: PlanRecord; readonly form: 'group' | 'chain' }
  | { readonly kind: 'message'; readonly message: StoredMessage };

const NOTHING: ReadonlyMap<string, Found> = new Map();

/**
 * Looks ids up: in the results, then the broker, then the results again, because a job that ends
 * between the first two looks is in neither (rule 4). Many ids cost as many calls as one.
 */
export class Finder {
  constructor(
    private readonly broker: Broker,
    private readonly results: Results,
  ) {}

  async find(id: string): Promise<Found | undefined> {
    return (await this.findAll([id])).get(id);
  }

  /** Those that are known. */
  async findAll(ids: readonly string[]): Promise<ReadonlyMap<string, Found>> {
    const possible = ids.filter(isStorable);
    if (possible.length === 0) return NOTHING;
    const recorded = await this.#recorded(possible);
    const all = new Map(recorded.found);
    const open = possible.filter((id) => !all.has(id));
    if (open.length === 0) return all;
    // A message that was deleted and has come back (a broker may forget) is not there any more.
    for (const message of await this.broker.find(open))
      if (message && message.generation > (recorded.deleted.get(message.id) ?? 0))
        all.set(message.id, foundWaiting(message));
    const gone = open.filter((id) => !all.has(id));
    if (gone.length > 0)
      for (const [id, found] of (await this.#recorded(gone)).found) all.set(id, found);
    return all;
  }

  async #recorded(ids: readonly string[]) {
    const found = new Map<string, Found>();
    /** By generation. */
    const deleted = new Map<string, number>();
    (await this.results.get(ids)).forEach((stored, index) => {
      const id = ids[index];
      if (stored === undefined || id === undefined) return;
      if (stored.record.kind === 'tombstone') deleted.set(id, stored.record.generation);
      else found.set(id, foundRecorded(stored.record, stored.revision));
    });
    return { found, deleted };
  }
}

/** The group or chain that a job, or a group as a step, belongs to. */
export function planIdOf(found: Found): string | undefined {
  if (found.kind === 'job') return found.record.planId;
  if (found.kind === 'plan') return found.plan.planId;
  const { groupId, chainId } = bodyOrRaw(found.message.body, 0).terms;
  return groupId ?? chainId;
}

function foundRecorded(record: JobRecord | PlanRecord, revision: number): Found {
  return record.kind === 'job'
    ? { kind: 'job', record, revision }
    : { kind: 'plan', plan: record, form: decodePlanBody(record.body).form };
}

function foundWaiting(message: StoredMessage): Found {
  if (message.kind !== 'plan') return { kind: 'message', message };
  const body = planBodyOrNone(message.body);
  // A worker will put it on the failed list; until then it is shown, cancelled and deleted as what it will be.
  if (body === undefined) return { kind: 'message', message };
  const { id, generation } = message;
  const plan = planRecord({ id, generation, body }, message.body);
  return { kind: 'plan', plan, form: body.form };
}
