import type { ClientParts } from '../client/client-parts.js';
import type { SessionStatus } from '../ports/broker-inspector.js';
import { Bulk, type JobFilter } from './bulk.js';
import { JobLists, type JobPage, type JobPageRequest } from './job-lists.js';
import { queueStats, type QueueStats } from './queue-stats.js';
import { Schedules, type ScheduleMessage } from './schedules.js';

/** A live worker process. */
export interface WorkerMessage {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  readonly queues: readonly string[];
  readonly startedAt: Date;
  readonly beatAt: Date;
  /** Jobs it holds, running or read ahead. */
  readonly held: number;
}

/** Looks into queues and lists, and steers them, for all processes on the same stores. */
export class TasqueueAdmin {
  readonly #parts: ClientParts;
  readonly #lists: JobLists;
  readonly #bulk: Bulk;
  readonly #schedules: Schedules;

  /** Made by the module; inject it. */
  constructor(parts: ClientParts) {
    this.#parts = parts;
    const { view, schedules, deleter, retrier, knownIds } = parts;
    const { broker, results, tracing } = parts.setting;
    this.#lists = new JobLists(broker, results, view);
    this.#bulk = new Bulk({ broker, results, deleter, retrier });
    this.#schedules = new Schedules(broker, { sender: schedules, view, knownIds }, tracing);
  }

  /** Names of queues that hold a job, are paused or are worked on. */
  async queues(): Promise<string[]> {
    return this.#with(async ({ broker }) => [...(await broker.inspect.queues())]);
  }

  async stats(queue: string): Promise<QueueStats> {
    return this.#with(async ({ broker, results }) =>
      queueStats(await broker.inspect.counts(queue), await results.counts(queue)),
    );
  }

  /** Due jobs, next to run first. */
  async pending(queue: string, page?: JobPageRequest): Promise<JobPage> {
    return this.#with(() => this.#lists.waiting(queue, 'waiting', page));
  }

  /** Jobs that are not due yet, and those between two attempts, next to run first. */
  async scheduled(queue: string, page?: JobPageRequest): Promise<JobPage> {
    return this.#with(() => this.#lists.waiting(queue, 'delayed', page));
  }

  /** Newest first, as are `failed` and `cancelled`. */
  async successful(page?: JobPageRequest): Promise<JobPage> {
    return this.#with(() => this.#lists.ended('successful', page));
  }

  async failed(page?: JobPageRequest): Promise<JobPage> {
    return this.#with(() => this.#lists.ended('failed', page));
  }

  async cancelled(page?: JobPageRequest): Promise<JobPage> {
    return this.#with(() => this.#lists.ended('cancelled', page));
  }

  /** Nothing more of this queue is claimed, by any process, until `resume`. */
  async pause(queue: string): Promise<void> {
    return this.#with(({ broker }) => broker.pause(queue, true));
  }

  async resume(queue: string): Promise<void> {
    return this.#with(({ broker }) => broker.pause(queue, false));
  }

  /** Deletes what waits in the queue; gives how many jobs that were. */
  async clear(queue: string): Promise<number> {
    return this.#with(() => this.#bulk.clear(queue));
  }

  async schedules(): Promise<ScheduleMessage[]> {
    return this.#with(() => this.#schedules.list());
  }

  /** Rejects with NotFoundError, as do all calls that name a schedule. */
  async schedule(id: string): Promise<ScheduleMessage> {
    return this.#with(() => this.#schedules.get(id));
  }

  async removeSchedule(id: string): Promise<void> {
    return this.#with(() => this.#schedules.remove(id));
  }

  /** No slots until `resumeSchedule`; those missed meanwhile do not run. */
  async pauseSchedule(id: string): Promise<void> {
    return this.#with(() => this.#schedules.pause(id, true));
  }

  async resumeSchedule(id: string): Promise<void> {
    return this.#with(() => this.#schedules.pause(id, false));
  }

  /** Runs it once, now, beside its slots; gives the id of the run. */
  async runNow(id: string): Promise<string> {
    return this.#with(() => this.#schedules.runNow(id));
  }

  /** Retries all failed (or cancelled) jobs that match; gives how many. */
  async retryAll(filter: JobFilter = {}): Promise<number> {
    return this.#with(() => this.#bulk.retryAll(filter));
  }

  /** Deletes all ended jobs that match; gives how many. */
  async deleteAll(filter: JobFilter = {}): Promise<number> {
    return this.#with(() => this.#bulk.deleteAll(filter));
  }

  async workers(): Promise<WorkerMessage[]> {
    return this.#with(async ({ broker }) => (await broker.inspect.sessions()).map(workerMessage));
  }

  async #with<T>(act: (setting: ClientParts['setting']) => Promise<T>): Promise<T> {
    await this.#parts.gate.pass();
    return act(this.#parts.setting);
  }
}

function workerMessage(status: SessionStatus): WorkerMessage {
  const { session, host, pid, queues, openedAt, beatAt, held } = status;
  return {
    id: session,
    host,
    pid,
    queues,
    startedAt: new Date(openedAt),
    beatAt: new Date(beatAt),
    held,
  };
}
