import { chain } from '../../lib/core/spec/chain.js';
import { group } from '../../lib/core/spec/group.js';
import type { Plan } from '../misfortunes/misfortune.js';
import { CREW, planOf } from '../misfortunes/plan.js';
import { NO_FATE } from '../worker/orders.js';
import { JobDeck } from '../workload/job-deck.js';
import type { TimedWish } from '../workload/wish.js';
import { scheduleWish, workload } from '../workload/workload.js';
import { Chance } from './chance.js';

export const SCENARIOS = ['mixed', 'workflows', 'schedules'] as const;
export type Scenario = (typeof SCENARIOS)[number];

/** Everything that one seed decides. */
export interface Script {
  /** Begins the ids of the seed. */
  readonly name: string;
  readonly plan: Plan;
  readonly wishes: readonly TimedWish[];
}

/** Callers wish, and things go wrong, within this time. */
const TURMOIL_MS = 1_200;

const GROUPS = { count: 1_000, members: 20 };
const CHAINS = { count: 300, steps: 5 };
const NESTED = 0.1;
/** One in twenty jobs fails; about one in twenty groups and chains has a job that kills its worker. */
const WORKFLOW_TEMPER = { failing: 0.05, killing: 0.003, poison: false };
const QUICK = { takesMs: 1, filling: '' };

const SCHEDULES = 3;
const SCHEDULES_MS = 15_000;
const KILL_EVERY_MS = 1_900;

export function scriptOf(seed: number, faults: readonly string[], scenario: Scenario): Script {
  const chance = new Chance(seed);
  if (scenario === 'workflows') return workflows(`w${seed}`, chance);
  return scenario === 'schedules' ? schedules(`c${seed}`, chance) : mixed(seed, faults, chance);
}

function mixed(seed: number, faults: readonly string[], chance: Chance): Script {
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

const QUIET: Plan = {
  crew: Array.from({ length: CREW }, () => NO_FATE),
  misfortunes: [],
  blocking: 0,
  poison: false,
};

function workflows(name: string, chance: Chance): Script {
  const deck = new JobDeck(chance, WORKFLOW_TEMPER);
  const jobs = (count: number) => Array.from({ length: count }, () => deck.plain({}, QUICK));
  const calm = () => [deck.plain({}, { ...QUICK, failures: 0 })];
  const callbacks = () => ({ onSuccess: calm(), onError: calm(), onComplete: calm() });
  const groups = Array.from({ length: GROUPS.count }, (_, index) =>
    group(jobs(GROUPS.members), { id: `${name}-group-${index}`, ...callbacks() }),
  );
  const chains = Array.from({ length: CHAINS.count }, (_, index) => {
    const steps = jobs(CHAINS.steps).map((step) =>
      chance.flip(NESTED) ? group(jobs(CHAINS.steps)) : step,
    );
    return chain(steps, { id: `${name}-chain-${index}`, onError: calm() });
  });
  const wishes: TimedWish[] = [
    ...groups.map((spec) => ({
      atMs: chance.between(0, 5_000),
      wish: { kind: 'group', spec } as const,
    })),
    ...chains.map((spec) => ({
      atMs: chance.between(0, 5_000),
      wish: { kind: 'chain', spec } as const,
    })),
  ];
  return { name, plan: QUIET, wishes };
}

/** Workers die one after the other, and every slot comes all the same. */
function schedules(name: string, chance: Chance): Script {
  const deck = new JobDeck(chance, { failing: 0, killing: 0, poison: false });
  const kills = Math.floor(SCHEDULES_MS / KILL_EVERY_MS);
  return {
    name,
    plan: {
      ...QUIET,
      misfortunes: Array.from({ length: kills }, (_, index) => ({
        atMs: (index + 1) * KILL_EVERY_MS + chance.between(0, 800),
        misfortune: { kind: 'kill', whom: chance.between(0, 1_000) } as const,
      })),
    },
    wishes: Array.from({ length: SCHEDULES }, (_, index) => ({
      atMs: 0,
      wish: scheduleWish(deck, `${name}-tick-${index}`),
    })),
  };
}
