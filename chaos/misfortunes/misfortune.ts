import type { Fate } from '../worker/orders.js';

/** What befalls the workers or the server of a seed. `whom`: one of those alive, by any number. */
export type Misfortune =
  | { readonly kind: 'kill'; readonly whom: number }
  | { readonly kind: 'freeze'; readonly whom: number; readonly forMs: number }
  | { readonly kind: 'clock'; readonly whom: number; readonly aheadMs: number }
  /** Something that the ground knows by this name. */
  | { readonly kind: 'ordeal'; readonly name: string };

/** ms from the start of the seed. */
export interface TimedMisfortune {
  readonly atMs: number;
  readonly misfortune: Misfortune;
}

/** All that goes wrong in a seed. */
export interface Plan {
  /** One for each worker that is hired at the start. */
  readonly crew: readonly Fate[];
  readonly misfortunes: readonly TimedMisfortune[];
  /** Jobs that hold the event loop of their process up. */
  readonly blocking: number;
  readonly poison: boolean;
}
