import type { Results, RetentionPolicy } from '../../../core/ports/results.js';

/** One fresh, empty store to try. The suite connects and closes the clients that it gets. */
export interface ResultsWorld {
  readonly results: Results;
  /** Another client of the same store. */
  another(): Promise<Results>;
  /**
   * Lets `ms` pass, for the store as for its clients. Asked for more than a few seconds only where
   * `timeTravel` is set.
   */
  pass(ms: number): Promise<void>;
  /** True where time can be moved at will; what takes minutes is tried there alone. */
  readonly timeTravel?: boolean | undefined;
  /** The time there, epoch ms. Default: that of the system. */
  now?(): number;
  /** Called once after each case, with all clients closed. */
  dispose(): Promise<void>;
}

/** Cases by what they show. */
export type ResultsCases = Readonly<Record<string, (world: ResultsWorld) => Promise<void>>>;

export const KEEP_ALL: RetentionPolicy = { successful: {}, failed: {}, cancelled: {} };

export function timeIn(world: ResultsWorld): number {
  return world.now?.() ?? Date.now();
}

/** Lends a second client of the store. */
export async function withAnother(
  world: ResultsWorld,
  use: (other: Results) => Promise<void>,
): Promise<void> {
  const other = await world.another();
  await other.connect({ retention: KEEP_ALL });
  try {
    await use(other);
  } finally {
    await other.close();
  }
}
