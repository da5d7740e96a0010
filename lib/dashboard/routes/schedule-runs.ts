import type { ScheduleMessage } from '../../core/admin/schedules.js';
import type { TasqueueAdmin } from '../../core/admin/tasqueue-admin.js';
import type { Environment } from '../../core/environment.js';
import { NotFoundError } from '../../core/errors.js';
import type { JobMessage } from '../../core/job-message.js';
import { slotId } from '../../core/workflow/job-ids.js';

/** Runs that are shown of a schedule. */
const SHOWN = 5;
/** Schedules whose runs by hand are remembered. */
const MOST_REMEMBERED = 1_000;

/**
 * The last runs of a schedule, without a search: their ids follow from its slots. Runs by hand have no slot;
 * those asked for here are remembered.
 */
export class ScheduleRuns {
  readonly #byHand = new Map<string, readonly string[]>();

  constructor(
    private readonly admin: TasqueueAdmin,
    private readonly environment: Pick<Environment, 'cron' | 'clock'>,
  ) {}

  remember(scheduleId: string, runId: string): void {
    if (this.#byHand.size >= MOST_REMEMBERED) this.#byHand.clear();
    const known = this.#byHand.get(scheduleId) ?? [];
    this.#byHand.set(scheduleId, [runId, ...known].slice(0, SHOWN));
  }

  /** Newest first. */
  async of(schedule: ScheduleMessage): Promise<JobMessage[]> {
    const ids = [...(this.#byHand.get(schedule.id) ?? []), ...this.#slotIds(schedule)];
    const runs = await Promise.all(ids.map((id) => this.#find(id)));
    return runs
      .filter((run) => run !== undefined)
      .sort((a, b) => b.enqueuedAt.getTime() - a.enqueuedAt.getTime())
      .slice(0, SHOWN);
  }

  #slotIds({ id, cron, timezone }: ScheduleMessage): string[] {
    const { cron: reader, clock } = this.environment;
    const ids: string[] = [];
    for (let at: number | undefined = clock.now(); ids.length < SHOWN; at -= 1) {
      at = reader.latest({ cron, timezone }, at);
      if (at === undefined) break;
      ids.push(slotId(id, at));
    }
    return ids;
  }

  async #find(id: string): Promise<JobMessage | undefined> {
    try {
      return await this.admin.job(id);
    } catch (error) {
      if (error instanceof NotFoundError) return undefined;
      throw error;
    }
  }
}
