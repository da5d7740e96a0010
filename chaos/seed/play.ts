import type { Fleet } from '../fleet/fleet.js';
import { pause } from '../ground/pause.js';
import { befall, nameOf, replaceDead, type Suffered } from '../misfortunes/execute.js';
import type { Misfortune } from '../misfortunes/misfortune.js';
import { JournalPage, realNow, type Stamped } from '../worker/journal.js';
import { Ledger } from '../workload/ledger.js';
import { Producer } from '../workload/producer.js';
import { openCaller } from './callers.js';
import { comeToRest } from './calm.js';
import { reckon } from './reckon.js';
import { type Script, scriptOf } from './scripts.js';
import type { SeedReport } from './seed-report.js';
import { termsOf } from './settings.js';
import type { Stage } from './stage.js';

const KEEP_EVERY_MS = 150;

/** Plays one seed from its first wish to the look into every promise. */
export async function play(seed: number, stage: Stage): Promise<SeedReport> {
  const { ground, fleet, faults, scenario } = stage;
  const { name, plan, wishes } = scriptOf(seed, faults, scenario);
  const terms = termsOf(plan.poison);
  const beganAt = realNow();
  const lines: Stamped[] = [];
  const journal = new JournalPage(realNow, process.pid, lines);
  await fleet.begin({ name, terms });
  const caller = await openCaller(await ground.open(name), `${name}-g`, journal);
  const auditor = await openCaller(await ground.openSafely(name), `${name}-a`, journal);
  await Promise.all(plan.crew.map((fate) => fleet.hire(fate)));

  const ledger = new Ledger();
  const suffered: Suffered = { kills: 0, faults: 0, stopped: new Set(), account: [] };
  const turmoilAt = realNow();
  await turmoil({ plan, wishes, producer: new Producer(caller.tasqueue.client, ledger) }, stage, {
    suffered,
    tell: (what) => void suffered.account.push(`${Math.round(realNow() - turmoilAt)} ms: ${what}`),
  });

  await new Producer(auditor.tasqueue.client, ledger).insist();
  for (const { id, what } of ledger.lives.values())
    if (what.kind === 'schedule') await auditor.tasqueue.client.cancel(id);
  const crew = plan.crew.length;
  const calmAt = realNow();
  await comeToRest({ stores: auditor.stores, ledger, fleet, crew, pause, now: realNow });
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
