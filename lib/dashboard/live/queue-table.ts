import type { QueueStats } from '../../core/admin/queue-stats.js';
import type { TasqueueAdmin } from '../../core/admin/tasqueue-admin.js';
import type { WorkerMessage } from '../../core/admin/workers/worker-message.js';
import { fewAtOnce } from '../../core/few-at-once.js';
import type { Clock } from '../../core/clock.js';
import type { QueueRow } from '../contract/index.js';
import { instantOf } from '../views/instants.js';
import { type Rates, ratesOf } from '../views/rates.js';
import { TimedCache } from './timed-cache.js';

/** Queues asked about at once. */
const MOST_CALLS = 16;
/** Workers tell their outcomes every ten seconds: to ask sooner brings nothing new. */
const RATES_MS = 5_000;

/** All queues with how they stand. */
export class QueueTable {
  readonly #rates: TimedCache<Rates>;

  constructor(
    private readonly admin: TasqueueAdmin,
    private readonly clock: Clock,
  ) {
    this.#rates = new TimedCache(clock, RATES_MS);
  }

  /** By name. */
  async rows(workers?: readonly WorkerMessage[]): Promise<QueueRow[]> {
    const [names, live] = await Promise.all([this.admin.queues(), workers ?? this.admin.workers()]);
    const rows = await fewAtOnce(names, MOST_CALLS, (name) => this.#row(name, live));
    return rows.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async #row(name: string, workers: readonly WorkerMessage[]): Promise<QueueRow> {
    const [stats, rates] = await Promise.all([
      this.admin.stats(name),
      this.#rates.get(name, async () => ratesOf(await this.admin.history('5m', name))),
    ]);
    const slots = workers.flatMap(({ slots: of = [] }) => of.filter(({ queue }) => queue === name));
    const sum = (of: (slot: (typeof slots)[number]) => number): number =>
      slots.reduce((total, slot) => total + of(slot), 0);
    return {
      name,
      counts: countsOf(stats),
      oldestQueuedAt: instantOf(stats.oldestQueuedAt),
      latencyMs: this.#age(stats.oldestQueuedAt),
      ...rates,
      slotsInUse: sum(({ inUse }) => inUse),
      slots: sum(({ concurrency }) => concurrency),
      workers: stats.workers,
      paused: stats.paused,
    };
  }

  #age(since: Date | undefined): number {
    return since === undefined ? 0 : Math.max(0, this.clock.now() - since.getTime());
  }
}

function countsOf(stats: QueueStats): QueueRow['counts'] {
  const { queued, scheduled, retrying, processing, successful, failed, cancelled } = stats;
  return { queued, scheduled, retrying, processing, successful, failed, cancelled };
}
