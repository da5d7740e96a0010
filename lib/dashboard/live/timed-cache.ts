import type { Clock } from '../../core/clock.js';

interface Kept<Value> {
  readonly at: number;
  readonly value: Promise<Value>;
}

/** More keys than this are not kept: names of queues may be many. */
const MOST_KEPT = 1_000;

/** Values that may be a little old. A failure is not kept. */
export class TimedCache<Value> {
  readonly #kept = new Map<string, Kept<Value>>();

  constructor(
    private readonly clock: Clock,
    private readonly ageMs: number,
  ) {}

  get(key: string, make: () => Promise<Value>): Promise<Value> {
    const at = this.clock.elapsed();
    const kept = this.#kept.get(key);
    if (kept && at - kept.at < this.ageMs) return kept.value;
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
    const value = make();
    this.#kept.set(key, { at, value });
    value.catch(() => this.#kept.delete(key));
    return value;
  }
}
