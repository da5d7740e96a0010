import type { Doom } from '../../test/support/processes/doom.js';
import type { StoresAddress } from '../../test/support/processes/stores-address.js';

/** At what points a worker dies of itself, counted from when it begins to work. */
export interface Fate {
  readonly dooms: readonly Doom[];
  /** The n-th start of a handler; 0: none. */
  readonly deadlyStart: number;
  readonly deadlyCallback: number;
}

export const NO_FATE: Fate = { dooms: [], deadlyStart: 0, deadlyCallback: 0 };

/** Everything that workers of one seed have in common. */
export interface Terms {
  readonly leaseMs: number;
  readonly maxCrashes: number;
  /** Handlers at once in each process, by queue. */
  readonly queues: Readonly<Record<string, { readonly concurrency: number }>>;
  /** How long a handler that blocks holds its process up. */
  readonly blockMs: number;
}

/** What a worker process is told. */
export type Order =
  | {
      readonly kind: 'work';
      readonly stores: StoresAddress;
      readonly terms: Terms;
      readonly fate: Fate;
      readonly aheadMs: number;
      readonly journalFile: string;
    }
  /** Its clock is wrong by so much from now on. */
  | { readonly kind: 'clock'; readonly aheadMs: number }
  | { readonly kind: 'rest' };

/** What it answers, once it has done so. */
export type Answer = 'ready' | 'working' | 'resting';
