import type { Clock } from '../../../core/clock.js';
import type { FinalStatus } from '../../../core/job-status.js';
import { REDELIVERY_HORIZON_MS } from '../../../core/lease.js';
import type { Retention, RetentionPolicy } from '../../../core/ports/results.js';
import type { AbsentPlans } from './absent-plans.js';
import type { EntryList } from './entry-list.js';
import type { Entry, Ledger } from './ledger.js';
import type { PlanKeeper } from './plan-keeper.js';

/** Entries in the order in which they age, and how long they are kept. */
interface Ageing {
  readonly list: EntryList<Entry>;
  readonly retention: () => Retention;
}

const FINAL: readonly FinalStatus[] = ['successful', 'failed', 'cancelled'];

/** Tombstones, and what is said of plans that never come, serve no purpose beyond the horizon. */
const KEEP_NONE: Retention = { age: 0 };

/** Forgets what has been kept long enough; each go is bounded. */
export class Sweeper {
  /** Until somebody says otherwise all outcomes are kept. */
  policy: RetentionPolicy = { successful: {}, failed: {}, cancelled: {} };
  readonly #ageing: readonly Ageing[];

  constructor(
    private readonly ledger: Ledger,
    private readonly absent: AbsentPlans,
    private readonly keeper: PlanKeeper,
    private readonly clock: Clock,
  ) {
    const outcomes = FINAL.flatMap((status): Ageing[] => {
      const retention = (): Retention => this.policy[status];
      const lists: readonly EntryList<Entry>[] = [
        ledger.jobs.of(status).loose,
        ledger.releasedPlans[status],
      ];
      return lists.map((list) => ({ list, retention }));
    });
    this.#ageing = [...outcomes, { list: ledger.tombstones, retention: () => KEEP_NONE }];
  }

  /** Nothing is there that time alone could make due. */
  get atRest(): boolean {
    return this.absent.size === 0 && this.#ageing.every(({ list }) => list.size === 0);
  }

  /** Forgets `most` entries at most. True when it got to the end of what is due. */
  sweep(most: number): boolean {
    const now = this.clock.now();
    let left = most;
    for (const ageing of this.#ageing) {
      while (left > 0 && isDue(ageing, now)) left -= this.#forgetOldest(ageing.list);
    }
    while (left > 0 && this.#giveUpOldest(now)) left -= 1;
    return left > 0;
  }

  #forgetOldest({ first }: EntryList<Entry>): number {
    if (first) this.ledger.forget(first);
    return 1;
  }

  #giveUpOldest(now: number): boolean {
    const plan = this.absent.takeOldest(now - REDELIVERY_HORIZON_MS);
    if (plan) this.keeper.giveUp(plan);
    return plan !== undefined;
  }
}

function isDue({ list, retention }: Ageing, now: number): boolean {
  const oldest = list.first;
  if (oldest === undefined) return false;
  const { age = Infinity, count = Infinity } = retention();
  const keptMs = list.size > count ? 0 : age;
  return oldest.at + Math.max(REDELIVERY_HORIZON_MS, keptMs) <= now;
}
