import type { JobView } from '../client/job-view.js';
import type { KnownIds } from '../client/known-ids.js';
import type { ScheduleSender } from '../client/schedule-sender.js';
import { NotFoundError } from '../errors.js';
import { decodeScheduleBody } from '../message/schedule-body.js';
import { scheduleOrRaw } from '../message/unreadable-body.js';
import type { Broker } from '../ports/broker.js';
import type { StoredMessage } from '../ports/message.js';
import type { TracingSlot } from '../tracing.js';
import { isStorable } from '../validation/values.js';
import { slotId } from '../workflow/job-ids.js';
import { sendSlotRun } from '../workflow/traced-slot.js';

/** A schedule and its next slot. */
export interface ScheduleMessage {
  readonly id: string;
  readonly task: string;
  readonly queue: string;
  readonly payload: unknown;
  readonly cron: string;
  readonly timezone?: string | undefined;
  readonly paused: boolean;
  /** Absent while paused. */
  readonly nextAt?: Date | undefined;
}

/** Schedules as administrators see and steer them. */
export class Schedules {
  constructor(
    private readonly broker: Broker,
    private readonly parts: {
      readonly sender: ScheduleSender;
      readonly view: JobView;
      readonly knownIds: KnownIds;
    },
    private readonly tracing: TracingSlot,
  ) {}

  async list(): Promise<ScheduleMessage[]> {
    return (await this.broker.inspect.schedules()).map((stored) => this.#shown(stored));
  }

  async get(id: string): Promise<ScheduleMessage> {
    return this.#shown(await this.#find(id));
  }

  async remove(id: string): Promise<void> {
    await this.broker.remove([await this.#find(id)]);
  }

  async pause(id: string, paused: boolean): Promise<void> {
    await this.parts.sender.pause(await this.#find(id), paused);
  }

  /** Runs it once, now, beside its slots; gives the id of the run. */
  async runNow(id: string): Promise<string> {
    const stored = await this.#find(id);
    const { run } = decodeScheduleBody(stored.body);
    const now = await this.broker.ping();
    // A slot, or another run by hand, may have had this very instant: the next one will do.
    for (let at = now; ; at += 1) {
      const runId = slotId(id, at);
      const known = (await this.parts.knownIds.lookUp([runId])).get(runId);
      if (known?.known !== false) continue;
      const { generation } = known;
      const birth = { id: runId, generation, enqueuedAt: now };
      const slotRun = { scheduleId: id, template: run, birth, detached: false };
      const [reply] = await sendSlotRun(this.tracing, slotRun, (message) =>
        this.broker.enqueue([message]),
      );
      if (reply === 'stored') return runId;
    }
  }

  async #find(id: string): Promise<StoredMessage> {
    const [stored] = isStorable(id) ? await this.broker.find([id]) : [];
    if (stored?.kind !== 'schedule')
      throw new NotFoundError(
        `no schedule '${id}': it was never enqueued, or was removed; schedules() lists them`,
      );
    return stored;
  }

  #shown(stored: StoredMessage): ScheduleMessage {
    const { spec, paused } = scheduleOrRaw(stored.body, stored.dueAt);
    const { id, task, queue, payload, eta } = this.parts.view.ofMessage(stored);
    return {
      id,
      task,
      queue,
      payload,
      cron: spec.cron,
      timezone: spec.timezone,
      paused,
      nextAt: eta,
    };
  }
}
