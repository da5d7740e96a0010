import type { Results } from '../ports/results.js';

/** What is known of an own id before it is enqueued. */
export type KnownId =
  | { readonly known: true }
  /** Free; after a deletion it takes the next generation (rule 6). */
  | { readonly known: false; readonly generation: number };

/**
 * One id space for jobs, schedules, groups and chains: a known id is not overwritten. The broker tells
 * of what waits when the message is enqueued; this tells of what has begun or ended.
 */
export async function lookUpIds(results: Results, ids: readonly string[]): Promise<KnownId[]> {
  const found = await results.get(ids);
  return found.map((stored) => {
    if (stored === undefined) return { known: false, generation: 1 };
    return stored.record.kind === 'tombstone'
      ? { known: false, generation: stored.record.generation + 1 }
      : { known: true };
  });
}
