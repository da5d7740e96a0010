import { createHash } from 'node:crypto';
import type { TasqueueAdmin } from '../../core/admin/tasqueue-admin.js';
import type { Clock } from '../../core/clock.js';
import type { Pulse } from '../contract/index.js';
import { instant } from '../views/instants.js';
import type { QueueTable } from './queue-table.js';
import { TimedCache } from './timed-cache.js';

/** Schedules change rarely, and there may be many. */
const SCHEDULES_MS = 5_000;

/** Looks how everything stands now. */
export class PulseReader {
  readonly #schedules: TimedCache<unknown>;
  #touches = 0;

  constructor(
    private readonly admin: TasqueueAdmin,
    private readonly queues: QueueTable,
    private readonly clock: Clock,
  ) {
    this.#schedules = new TimedCache(clock, SCHEDULES_MS);
  }

  /** Something was done here: pages look again, whatever it was. */
  touch(): void {
    this.#touches += 1;
  }

  async read(): Promise<Pulse> {
    const workers = await this.admin.workers();
    const [totals, queues, schedules] = await Promise.all([
      this.admin.totals(),
      this.queues.rows(workers),
      this.#schedules.get('', () => this.#scheduleMarks()),
    ]);
    // Ages and rates change by themselves: they are told, but are no reason to look again.
    const marks = queues.map(({ name, counts, paused, slots, slotsInUse }) => [
      name,
      Object.values(counts),
      paused,
      slots,
      slotsInUse,
    ]);
    const sessions = workers.map(({ id, toldAt }) => [id, toldAt]);
    const seen = [this.#touches, Object.values(totals), marks, sessions, schedules];
    return { at: instant(new Date(this.clock.now())), version: digestOf(seen), totals, queues };
  }

  async #scheduleMarks(): Promise<unknown> {
    const schedules = await this.admin.schedules();
    return schedules.map(({ id, paused, nextAt, cron }) => [id, paused, nextAt, cron]);
  }
}

function digestOf(seen: unknown): string {
  return createHash('sha256').update(JSON.stringify(seen)).digest('base64url').slice(0, 16);
}
