import type { JobRecord, Versioned } from '../ports/record.js';
import type { Results } from '../ports/results.js';
import type { Advancer } from './advancer.js';
import type { Dispatcher } from './dispatcher.js';
import { followUpsOf, memberEndOf } from './follow-ups.js';

/**
 * All that follows from recorded outcomes: follow-up jobs, and the news for groups and chains.
 * Doing it again changes nothing, so whoever finds an outcome recorded does it (rules 2, 8).
 */
export class Aftermath {
  constructor(
    private readonly results: Results,
    private readonly dispatcher: Dispatcher,
    private readonly advancer: Advancer,
    private readonly now: () => number,
  ) {}

  /** True when nothing follows: most jobs stand alone. */
  static isNone(record: JobRecord): boolean {
    return record.planId === undefined && record.dispatched;
  }

  async follow(outcomes: readonly Versioned<JobRecord>[]): Promise<void> {
    const due = outcomes.filter(({ record }) => !record.dispatched);
    await this.dispatcher.send(due.flatMap(({ record }) => followUpsOf(record, this.now())));
    await this.#noteDispatched(due);
    const records = outcomes.map(({ record }) => record);
    await this.advancer.advance(
      records.flatMap((record) => memberEndOf(record) ?? []),
      records,
    );
  }

  /** A lost race is fine: whoever won has seen the same outcome, or opened the job again. */
  async #noteDispatched(outcomes: readonly Versioned<JobRecord>[]): Promise<void> {
    if (outcomes.length === 0) return;
    await this.results.put(
      outcomes.map(({ record, revision }) => ({
        record: { ...record, dispatched: true },
        expect: revision,
      })),
    );
  }
}
