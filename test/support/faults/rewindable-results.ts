import { MemoryResults } from '../../../lib/adapters/memory/memory-results.js';
import type { Results } from '../../../lib/core/ports/results.js';
import type { ManualClock } from '../../../lib/testing/manual-clock.js';

type Change = (results: Results) => unknown;

const CHANGES = ['put', 'plan', 'mark', 'dispatched', 'release', 'delete'] as const;

/** A results store that can be set back to an earlier state, as one that is restored from a copy. */
export class RewindableResults {
  /** Always the store as it is now. */
  readonly store: Results;
  readonly #changes: Change[] = [];
  #now: Results;

  constructor(private readonly clock: ManualClock) {
    this.#now = new MemoryResults({ clock });
    this.store = new Proxy(this.#now, {
      get: (_, name) => {
        const member: unknown = Reflect.get(this.#now, name, this.#now);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]): unknown => {
          const call: Change = (results) => apply(results, name, args);
          if (CHANGES.some((change) => change === name)) this.#changes.push(call);
          return call(this.#now);
        };
      },
    });
  }

  /** Forgets all but the first `kept` changes; by default the last one. */
  async rewind(kept = this.#changes.length - 1): Promise<void> {
    this.#changes.length = kept;
    const restored = new MemoryResults({ clock: this.clock });
    for (const change of this.#changes) await change(restored);
    this.#now = restored;
  }
}

function apply(results: Results, name: PropertyKey, args: readonly unknown[]): unknown {
  const method: unknown = Reflect.get(results, name);
  return typeof method === 'function' ? Reflect.apply(method, results, args) : undefined;
}
