import type { Fleet, Worker } from '../fleet/fleet.js';
import type { Ground } from '../ground/ground.js';
import { NO_FATE } from '../worker/orders.js';
import type { Misfortune } from './misfortune.js';

/** What has befallen a seed, for its account and the table. */
export interface Suffered {
  kills: number;
  faults: number;
  /** Processes that stood still. */
  readonly stopped: Set<number>;
  readonly account: string[];
}

export interface Victims {
  readonly fleet: Fleet;
  readonly ground: Ground;
  readonly pause: (ms: number) => Promise<void>;
}

/** Lets something happen; resolves once it is over. Whoever is killed is replaced. */
export async function befall(
  misfortune: Misfortune,
  { fleet, ground, pause }: Victims,
  suffered: Suffered,
): Promise<void> {
  if (misfortune.kind === 'ordeal') {
    suffered.faults += 1;
    await ground.ordeals[misfortune.name]?.();
    return;
  }
  const worker = anyOf(fleet.workers, misfortune.whom);
  if (worker === undefined) return;
  if (misfortune.kind === 'kill') {
    suffered.kills += 1;
    await worker.kill();
    await fleet.hire(NO_FATE);
    return;
  }
  suffered.faults += 1;
  if (misfortune.kind === 'clock') {
    worker.setClock(misfortune.aheadMs);
    return;
  }
  suffered.stopped.add(worker.pid);
  worker.freeze();
  await pause(misfortune.forMs);
  worker.thaw();
}

function anyOf(workers: readonly Worker[], whom: number): Worker | undefined {
  const awake = workers.filter(({ alive, frozen }) => alive && !frozen);
  return awake[whom % awake.length];
}

/** Those who died of their fate count too, and nobody takes their place but who is hired here. */
export async function replaceDead(fleet: Fleet, wanted: number): Promise<void> {
  const alive = fleet.workers.filter((worker) => worker.alive).length;
  for (let missing = wanted - alive; missing > 0; missing -= 1) await fleet.hire(NO_FATE);
}

export function nameOf(misfortune: Misfortune): string {
  if (misfortune.kind === 'ordeal') return `the server: ${misfortune.name}`;
  if (misfortune.kind === 'clock') return `a clock jumps by ${misfortune.aheadMs} ms`;
  return misfortune.kind === 'freeze' ? 'a worker freezes' : 'a worker is killed';
}
