import type { PlanRecord } from '../../../core/ports/record.js';
import type { PlanProgress } from '../../../core/ports/results.js';
import { Packer } from '../scripts/packer.js';
import { list } from '../scripts/reply.js';
import { Script } from '../scripts/script.js';
import { encodePlan, encodeState, isRegular, type Members, membersOf } from './plan-codec.js';
import { readProgress } from './plan-progress.js';
import type { ResultsServer } from './results-server.js';
import { revisionBytes, type Revisions } from './revisions.js';

/** Members that one call stores at most: it takes the server about a millisecond. */
const MOST_MEMBERS = 1_000;
const MOST_PLANS = 100;

const planScript = new Script('results/plan');
const stage = new Script('results/stage');
const packer = new Packer();

type Place = readonly [string, { readonly index: number; readonly places: number }];

/** A plan on its way; one with many members is stored piece by piece before. */
interface Parcel {
  readonly plan: PlanRecord;
  readonly members: Members;
  /** What the server has to know of them to tell where each stands: nothing, where their names tell. */
  readonly places: readonly Place[];
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
      const size = parcel.places.length;
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
    const places = isRegular(plan) ? [] : [...members];
    if (places.length <= MOST_MEMBERS) return { plan, members, places, stage: undefined };
    const name = revisionBytes(this.revisions.next()).toString('hex');
    for (let from = 0; from < places.length; from += MOST_MEMBERS) {
      packer.clear().text(name);
      packPlaces(places.slice(from, from + MOST_MEMBERS));
      await this.server.run(stage, packer.finish());
    }
    return { plan, members, places: [], stage: name };
  }

  async #send(parcels: readonly Parcel[]): Promise<(PlanProgress | undefined)[]> {
    const revision = this.revisions.next();
    packer
      .clear()
      .binary(revisionBytes(revision))
      .texts(parcels.map(({ plan }) => plan.id));
    packer.list(parcels.length);
    for (const parcel of parcels) packParcel(parcel, revision);
    return readProgress(list(await this.server.run(planScript, packer.finish())));
  }
}

function packParcel({ plan, members, places, stage: name }: Parcel, revision: number): void {
  packer.list(6);
  const record = packer.open();
  encodePlan(packer, plan, members);
  packer.close(record);
  const state = packer.open();
  encodeState(packer, plan, members, revision);
  packer.close(state);
  packer.number(plan.generation).optional(plan.planId).optional(name);
  packPlaces(places);
}

function packPlaces(places: readonly Place[]): void {
  packer.list(places.length * 2);
  for (const [id, { index, places: count }] of places)
    packer.text(id).text(count === 1 ? `${index}` : `${index}:${count}`);
}
