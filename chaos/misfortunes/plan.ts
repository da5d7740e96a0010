import type { Doom } from '../../test/support/processes/doom.js';
import type { Chance } from '../seed/chance.js';
import { BEYOND_LEASE_MS } from '../seed/settings.js';
import { type Fate, NO_FATE } from '../worker/orders.js';
import type { Misfortune, Plan, TimedMisfortune } from './misfortune.js';

/** Faults of workers, by name; what else can be asked for is an ordeal of the server. */
export const WORKER_FAULTS = ['doom', 'kill', 'freeze', 'block', 'clock', 'poison'] as const;

/** Workers of a seed. */
export const CREW = 3;
const HOUR_MS = 3_600_000;

/** The calls at which a worker may die; each at one of its first so many. */
const FATAL_CALLS: readonly (readonly [Doom['store'], string, number])[] = [
  ['broker', 'open', 1],
  ['broker', 'beat', 4],
  ['broker', 'work', 30],
  ['broker', 'work', 30],
  ['broker', 'enqueue', 8],
  ['broker', 'reclaim', 1],
  ['results', 'get', 12],
  ['results', 'put', 25],
  ['results', 'put', 25],
  ['results', 'plan', 4],
  ['results', 'mark', 8],
  ['results', 'dispatched', 4],
  ['results', 'release', 4],
];

/** What goes wrong in one seed; `faults`: what may. */
export function planOf(chance: Chance, faults: readonly string[], withinMs: number): Plan {
  const mayBe = (fault: string): boolean => faults.includes(fault);
  const poison = mayBe('poison') && chance.flip(0.1);
  const crew = Array.from({ length: CREW }, () =>
    mayBe('doom') && !poison && chance.flip(0.6) ? anyFate(chance) : NO_FATE,
  );
  const at = (misfortune: Misfortune): TimedMisfortune => ({
    atMs: chance.between(50, withinMs),
    misfortune,
  });
  const whom = (): number => chance.between(0, 1_000);
  const some = (fault: string, share: number, most: number): undefined[] =>
    mayBe(fault) && !poison && chance.flip(share)
      ? Array.from({ length: chance.between(1, most) })
      : [];
  const blocking = some('block', 0.15, 1).length;
  return {
    crew,
    poison,
    blocking,
    misfortunes: [
      ...some('kill', 0.7, 2).map(() => at({ kind: 'kill', whom: whom() })),
      ...some('freeze', 0.35, 1).map(() =>
        at({ kind: 'freeze', whom: whom(), forMs: BEYOND_LEASE_MS }),
      ),
      ...some('clock', 0.25, 2).map(() =>
        at({ kind: 'clock', whom: whom(), aheadMs: chance.flip(0.5) ? HOUR_MS : -HOUR_MS }),
      ),
      ...ordeals(chance, faults).map((name) => at({ kind: 'ordeal', name })),
    ].sort((a, b) => a.atMs - b.atMs),
  };
}

/** One or two in half of all seeds. */
function ordeals(chance: Chance, faults: readonly string[]): string[] {
  const known: readonly string[] = WORKER_FAULTS;
  const names = faults.filter((fault) => !known.includes(fault));
  if (chance.flip(0.5)) return [];
  return Array.from({ length: chance.between(1, 2) }, () => chance.pick(names) ?? '').filter(
    (name) => name !== '',
  );
}

function anyFate(chance: Chance): Fate {
  if (chance.flip(0.2)) return { ...NO_FATE, deadlyStart: chance.between(1, 30) };
  if (chance.flip(0.15)) return { ...NO_FATE, deadlyCallback: chance.between(1, 20) };
  const [store, method, calls] = chance.pick(FATAL_CALLS) ?? ['broker', 'work', 1];
  const when = chance.pick(['before', 'during', 'after'] as const);
  return { ...NO_FATE, dooms: [{ store, method, when, call: chance.between(1, calls) }] };
}
