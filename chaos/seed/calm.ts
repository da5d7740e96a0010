import { isFinal } from '../../lib/core/job-status.js';
import { byId } from '../audit/evidence.js';
import { familyOf } from '../audit/family.js';
import type { Fleet } from '../fleet/fleet.js';
import type { Stores } from '../ground/ground.js';
import { replaceDead } from '../misfortunes/execute.js';
import type { Ledger } from '../workload/ledger.js';
import { QUEUES } from '../workload/job-deck.js';
import { LEASE_MS } from './settings.js';

export interface Scene {
  readonly stores: Stores;
  readonly ledger: Ledger;
  readonly fleet: Fleet;
  /** Workers that there have to be: what still waits may kill some. */
  readonly crew: number;
  readonly pause: (ms: number) => Promise<void>;
  readonly now: () => number;
}

const LOOK_EVERY_MS = 60;
/** Many times what it takes; what is not at rest by then never will be. */
const LONGEST_MS = 120_000;

/** Until nothing is left to do, and all workers have stopped: who dies on the way leaves work for another. */
export async function comeToRest(scene: Scene): Promise<void> {
  const dead = (): number => scene.fleet.workers.filter((worker) => worker.dead).length;
  let before: number;
  do {
    await calm(scene);
    before = dead();
    await scene.fleet.rest();
  } while (dead() > before);
  // Who died last has nothing, and its lease is over soon.
  const endAt = scene.now() + 2 * LEASE_MS;
  while (scene.now() < endAt && (await scene.stores.broker.inspect.sessions()).length > 0)
    await scene.pause(LOOK_EVERY_MS);
}

/** Resolves once nothing waits, runs or is held any more, or when that takes too long: the audit tells what. */
async function calm(scene: Scene): Promise<void> {
  const endAt = scene.now() + LONGEST_MS;
  while (scene.now() < endAt) {
    await replaceDead(scene.fleet, scene.crew);
    if (await isCalm(scene)) return;
    await scene.pause(LOOK_EVERY_MS);
  }
}

async function isCalm({ stores, ledger, fleet }: Scene): Promise<boolean> {
  const { broker, results } = stores;
  for (const queue of Object.keys(QUEUES)) {
    const { waiting, delayed, retrying, claimed, started } = await broker.inspect.counts(queue);
    if (waiting + delayed + retrying + claimed + started > 0) return false;
  }
  const ids = [...ledger.lives.values()].flatMap((life) => [
    life.id,
    ...familyOf(life).map(({ id }) => id),
  ]);
  const messages = await byId(ids, async (some) => broker.find(some));
  if (messages.size > 0) return false;
  const records = await byId(ids, async (some) => results.get(some));
  for (const { record } of records.values())
    if (record.kind === 'job' && !isFinal(record.status)) return false;
  const alive = fleet.workers.filter((worker) => worker.alive).length;
  return (await broker.inspect.sessions()).length === alive;
}
