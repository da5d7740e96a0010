import type { PlanRecord } from '../../../core/ports/record.js';
import type { PlanProgress } from '../../../core/ports/results.js';
import { Packer } from '../scripts/packer.js';
import { list } from '../scripts/reply.js';
import { Script } from '../scripts/script.js';
import { encodePlan, encodeState, type Members, membersOf } from './plan-codec.js';
import { readProgress } from './plan-progress.js';
import type { ResultsServer } from './results-server.js';
import { revisionBytes, type Revisions } from './revisions.js';

/** Members that one call stores at most: it takes the server about a millisecond. */
const MOST_MEMBERS = 1_000;
const MOST_PLANS = 100;

const planScript = new Script('results/plan');
const stage = new Script('results/stage');
const packer = new Packer();

/** A plan on its way; one with many members is stored piece by piece before. */
interface Parcel {
  readonly plan: PlanRecord;
  readonly members: Members;
  readonly stage: string | undefined;
}

/** Announces groups and chains. */
export class PlanWrites {
  constructor(
    private readonly server: ResultsServer,
    private readonly revisions: Revisions,
  ) {}

  async write(plans: readonly PlanRecord[]): Promise<readonly (PlanProgress | undefined)[]> {
    const progress: (PlanProgress | undefined)[] = [];
    let parcels: Parcel[] = [];
    let members = 0;
    for (const plan of plans) {
      const parcel = await this.#prepare(plan);
      const size = parcel.stage === undefined ? parcel.members.size : 0;
      if (parcels.length === MOST_PLANS || members + size > MOST_MEMBERS) {
        progress.push(...(await this.#send(parcels)));
        parcels = [];
        members = 0;
      }
      parcels.push(parcel);
      members += size;
    }
    if (parcels.length > 0) progress.push(...(await this.#send(parcels)));
    return progress;
  }

  async #prepare(plan: PlanRecord): Promise<Parcel> {
    const members = membersOf(plan);
    if (members.size <= MOST_MEMBERS) return { plan, members, stage: undefined };
    const name = revisionBytes(this.revisions.next()).toString('hex');
    const entries = [...members];
    for (let from = 0; from < entries.length; from += MOST_MEMBERS) {
      packer.clear().text(name);
      packMembers(entries.slice(from, from + MOST_MEMBERS));
      await this.server.run(stage, packer.finish());
    }
    return { plan, members, stage: name };
  }

  async #send(parcels: readonly Parcel[]): Promise<(PlanProgress | undefined)[]> {
    const revision = this.revisions.next();
    packer.clear().binary(revisionBytes(revision)).list(parcels.length);
    for (const parcel of parcels) packParcel(parcel, revision);
    return readProgress(list(await this.server.run(planScript, packer.finish())));
  }
}

function packParcel({ plan, members, stage: name }: Parcel, revision: number): void {
  packer.list(7).text(plan.id);
  const record = packer.open();
  encodePlan(packer, plan, members);
  packer.close(record);
  const state = packer.open();
  encodeState(packer, plan, members, revision);
  packer.close(state);
  packer.number(plan.generation).optional(plan.planId).optional(name);
  packMembers(name === undefined ? [...members] : []);
}

function packMembers(
  members: readonly (readonly [string, { index: number; places: number }])[],
): void {
  packer.list(members.length * 2);
  for (const [id, { index, places }] of members)
    packer.text(id).text(places === 1 ? `${index}` : `${index}:${places}`);
}
