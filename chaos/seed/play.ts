import type { Fleet } from '../fleet/fleet.js';
import { pause } from '../ground/pause.js';
import { befall, nameOf, replaceDead, type Suffered } from '../misfortunes/execute.js';
import type { Misfortune, Plan } from '../misfortunes/misfortune.js';
import { planOf } from '../misfortunes/plan.js';
import { JournalPage, realNow, type Stamped } from '../worker/journal.js';
import { Ledger } from '../workload/ledger.js';
import { Producer } from '../workload/producer.js';
import type { TimedWish } from '../workload/wish.js';
import { workload } from '../workload/workload.js';
import { openCaller } from './callers.js';
import { calm } from './calm.js';
import { Chance } from './chance.js';
import { reckon } from './reckon.js';
import type { SeedReport } from './seed-report.js';
import { termsOf } from './settings.js';
import type { Stage } from './stage.js';

/** Callers wish, and things go wrong, within this time. */
const TURMOIL_MS = 1_200;
const KEEP_EVERY_MS = 150;

/** Everything that one seed decides. */
interface Script {
  readonly name: string;
  readonly plan: Plan;
  readonly wishes: readonly TimedWish[];
}

export function scriptOf(seed: number, faults: readonly string[]): Script {
  const chance = new Chance(seed);
  const plan = planOf(chance.branch(), faults, TURMOIL_MS);
  const wishes = workload(chance.branch(), {
    name: `s${seed}`,
    wishes: chance.between(40, 100),
    withinMs: TURMOIL_MS,
    failing: 0.08,
    killing: faults.includes('doom') && !plan.poison ? 0.01 : 0,
    poison: plan.poison,
    blocking: plan.blocking,
    schedules: chance.flip(0.3) ? 1 : 0,
  });
  return { name: `s${seed}`, plan, wishes };
}

/** Plays one seed from its first wish to the look into every promise. */
export async function play(seed: number, stage: Stage): Promise<SeedReport> {
  const { ground, fleet, faults } = stage;
  const { name, plan, wishes } = scriptOf(seed, faults);
  const terms = termsOf(plan.poison);
  const beganAt = realNow();
  const lines: Stamped[] = [];
  const journal = new JournalPage(realNow, process.pid, lines);
  await fleet.begin({ name, stores: ground.address(name), terms });
  const caller = await openCaller(ground.address(name), `${name}-g`, journal);
  const auditor = await openCaller(ground.safeAddress(name), `${name}-a`, journal);
  await Promise.all(plan.crew.map((fate) => fleet.hire(fate)));

  const ledger = new Ledger();
  const suffered: Suffered = { kills: 0, faults: 0, account: [] };
  const turmoilAt = realNow();
  await turmoil({ plan, wishes, producer: new Producer(caller.tasqueue.client, ledger) }, stage, {
    suffered,
    tell: (what) => void suffered.account.push(`${Math.round(realNow() - turmoilAt)} ms: ${what}`),
  });

  const calmAt = realNow();
  await replaceDead(fleet, plan.crew.length);
  await new Producer(auditor.tasqueue.client, ledger).insist();
  for (const { id, what } of ledger.lives.values())
    if (what.kind === 'schedule') await auditor.tasqueue.client.cancel(id);
  const crew = plan.crew.length;
  await calm({ stores: auditor.stores, ledger, fleet, crew, pause, now: realNow });
  await fleet.rest();
  await caller.tasqueue.close();
  const report = await reckon(
    { seed, name, beganAt, turmoilAt, calmAt, terms, ledger, suffered, lines },
    stage,
    auditor,
  );
  await auditor.tasqueue.close();
  await ground.clear(name);
  return report;
}

interface Telling {
  readonly suffered: Suffered;
  readonly tell: (what: string) => void;
}

/** Wishes and misfortunes, each at its time, until all of them are over. */
async function turmoil(
  { plan, wishes, producer }: Omit<Script, 'name'> & { readonly producer: Producer },
  { fleet, ground }: Stage,
  { suffered, tell }: Telling,
): Promise<void> {
  const at = async (atMs: number, act: () => Promise<void>): Promise<void> => {
    await pause(atMs);
    await act();
  };
  const suffer = async (misfortune: Misfortune): Promise<void> => {
    tell(nameOf(misfortune));
    await befall(misfortune, { fleet, ground, pause }, suffered);
    tell(`${nameOf(misfortune)}: over`);
  };
  const state = { isOver: false };
  const all = Promise.all([
    ...wishes.map(({ atMs, wish }) => at(atMs, () => producer.fulfil(wish))),
    ...plan.misfortunes.map(({ atMs, misfortune }) => at(atMs, () => suffer(misfortune))),
  ]).finally(() => {
    state.isOver = true;
  });
  await Promise.all([all, keepCrew(fleet, plan.crew.length, state)]);
}

/** Whoever dies is replaced. */
async function keepCrew(
  fleet: Fleet,
  crew: number,
  state: { readonly isOver: boolean },
): Promise<void> {
  while (!state.isOver) {
    await pause(KEEP_EVERY_MS);
    await replaceDead(fleet, crew);
  }
}
