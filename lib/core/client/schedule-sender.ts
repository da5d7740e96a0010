import type { CronSpec } from '../cron.js';
import type { Environment } from '../environment.js';
import type { JobTemplate } from '../message/job-terms.js';
import {
  decodeScheduleBody,
  encodeScheduleBody,
  type ScheduleBody,
} from '../message/schedule-body.js';
import { scheduleOrRaw } from '../message/unreadable-body.js';
import type { Broker, StoredMessage } from '../ports/broker.js';
import { checkJobOptions } from '../spec/job-options-check.js';
import type { JobSpec } from '../spec/job-spec.js';
import type { Enqueuer } from './enqueuer.js';
import type { JobCompiler } from './job-compiler.js';
import type { Sent } from './job-sender.js';
import type { KnownIds } from './known-ids.js';

/** Far enough away to never come: where a paused schedule waits. */
export const NEVER_AT = 8_640_000_000_000_000;

export interface ScheduleSenderParts {
  readonly broker: Broker;
  readonly knownIds: KnownIds;
  readonly enqueuer: Enqueuer;
  readonly compiler: JobCompiler;
  readonly environment: Environment;
}

/** Schedules, from spec to acceptance. A known schedule is replaced, and keeps its next slot and its pause. */
export class ScheduleSender {
  constructor(private readonly parts: ScheduleSenderParts) {}

  /** Throws InvalidOptionsError for a cron that cannot be read or never fires. */
  async send(spec: JobSpec, schedule: string | CronSpec): Promise<Sent> {
    const { compiler, environment } = this.parts;
    checkJobOptions(spec.options, `job '${spec.task}'`, environment.cron);
    const { id: own, ...run }: JobTemplate = await compiler.compile(spec);
    const id = own ?? environment.random.id();
    const cron = typeof schedule === 'string' ? { cron: schedule } : schedule;
    return this.put(id, {
      enqueuedAt: environment.clock.now(),
      spec: cron,
      paused: false,
      run,
    });
  }

  /** Stores a schedule. A job, group or chain of its id is left alone. */
  async put(id: string, body: ScheduleBody): Promise<Sent> {
    const { broker, knownIds, enqueuer } = this.parts;
    const known = (await knownIds.lookUp([id])).get(id);
    const [stored] = await broker.find([id]);
    if (known?.known !== false || (stored && stored.kind !== 'schedule'))
      return { id, duplicate: true };
    const before = stored && { dueAt: stored.dueAt, body: scheduleOrRaw(stored.body, 0) };
    const paused = before?.body.paused ?? body.paused;
    const [reply] = await enqueuer.enqueue([
      {
        id,
        generation: known.generation,
        kind: 'schedule',
        queue: body.run.queue,
        priority: 0,
        dueAt: paused ? NEVER_AT : await this.#dueAt(body, before),
        fresh: false,
        body: encodeScheduleBody({ ...body, paused }),
      },
    ]);
    return { id, duplicate: reply !== 'stored' };
  }

  /** Stops or resumes a schedule's slots; those missed meanwhile do not run. */
  async pause(stored: StoredMessage, paused: boolean): Promise<void> {
    const body = decodeScheduleBody(stored.body);
    const dueAt = paused ? NEVER_AT : await this.#next(body);
    await this.parts.enqueuer.enqueue([
      {
        id: stored.id,
        generation: stored.generation,
        kind: 'schedule',
        queue: stored.queue,
        priority: 0,
        dueAt,
        fresh: false,
        body: encodeScheduleBody({ ...body, paused }),
      },
    ]);
  }

  /** The same cron keeps its slot: a slot missed during a deploy still runs. */
  async #dueAt(
    body: ScheduleBody,
    before: { dueAt: number; body: ScheduleBody } | undefined,
  ): Promise<number> {
    const same =
      before?.body.spec.cron === body.spec.cron &&
      before.body.spec.timezone === body.spec.timezone &&
      !before.body.paused;
    return same ? before.dueAt : this.#next(body);
  }

  /** By server time: this process's clock may be wrong (rule 15). */
  async #next({ spec }: ScheduleBody): Promise<number> {
    const now = await this.parts.broker.ping();
    return this.parts.environment.cron.next(spec, now) ?? NEVER_AT;
  }
}
