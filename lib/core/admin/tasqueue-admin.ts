import type { ClientParts } from '../client/client-parts.js';
import { SCALES } from '../outcomes/scale.js';
import type { SessionStatus } from '../ports/broker-inspector.js';
import type { JobSpec } from '../spec/job-spec.js';
import { isJobSpec } from '../spec/spec-checks.js';
import { expected, refuse } from '../validation/check.js';
import { integerFrom, storable } from '../validation/values.js';
import { concurrencyNotice } from '../concurrency-notice.js';
import { Bulk, type JobFilter } from './bulk.js';
import type { BulkStep, BulkStepRequest } from './bulk-step.js';
import { BulkSteps } from './bulk-steps.js';
import type { Failures, FailuresRequest } from './failures/failure-group.js';
import { failureGroups } from './failures/failure-groups.js';
import type { JobDetail } from './job/job-detail.js';
import { JobDetails } from './job/job-details.js';
import { HistoryReader } from './history/history-reader.js';
import type { HistorySpan, OutcomeHistory } from './history/outcome-history.js';
import { JobLists, type JobPage, type JobPageRequest } from './job-lists.js';
import { queueStats, type QueueStats } from './queue-stats.js';
import { Schedules, type ScheduleMessage } from './schedules.js';
import { JobScan } from './search/job-scan.js';
import { JobSearches } from './search/job-searches.js';
import { JobSources } from './search/job-sources.js';
import type { JobCount, JobSearch, JobSearchPage, ScanRequest } from './search/search-types.js';
import { storeHealth, type StoreHealth } from './store-health.js';
import { jobTotals, type JobTotals } from './totals.js';
import type { WorkerMessage } from './workers/worker-message.js';
import type { WorkflowMessage } from './workflow-message.js';
import { WorkflowView } from './workflow-view.js';

/** A job as it was accepted. */
export interface EnqueuedJob {
  readonly id: string;
  /** The id was known already: nothing was enqueued. */
  readonly duplicate: boolean;
}

/** Looks into queues and lists, and steers them, for all processes on the same stores. */
export class TasqueueAdmin {
  readonly #parts: ClientParts;
  readonly #lists: JobLists;
  readonly #bulk: Bulk;
  readonly #schedules: Schedules;
  readonly #details: JobDetails;
  readonly #scan: JobScan;
  readonly #searches: JobSearches;
  readonly #steps: BulkSteps;
  readonly #workflows: WorkflowView;
  readonly #history: HistoryReader;

  /** Made by the module; inject it. */
  constructor(parts: ClientParts) {
    this.#parts = parts;
    const { view, schedules, deleter, retrier, knownIds, reader, finder } = parts;
    const { broker, results, tracing, settings } = parts.setting;
    this.#lists = new JobLists(broker, results, view);
    this.#bulk = new Bulk({ broker, results, deleter, retrier });
    this.#schedules = new Schedules(broker, { sender: schedules, view, knownIds }, tracing);
    this.#details = new JobDetails(reader, settings.codec);
    this.#scan = new JobScan(new JobSources({ broker, results, lists: this.#lists, reader }));
    this.#searches = new JobSearches(this.#scan, broker, results);
    this.#steps = new BulkSteps(this.#scan, {
      retry: (id) => retrier.retry(id).then(() => true),
      cancel: (id) => parts.canceller.cancel(id),
      delete: (id) => deleter.delete(id).then(() => true),
      'run-now': (id) => retrier.runNow(id).then(() => true),
    });
    this.#workflows = new WorkflowView(finder, view);
    this.#history = new HistoryReader(results, parts.setting.serverNow);
  }

  /** Names of queues that hold a job, are paused or are worked on. */
  async queues(): Promise<string[]> {
    return this.#with(async ({ broker }) => [...(await broker.inspect.queues())]);
  }

  async stats(queue: string): Promise<QueueStats> {
    return this.#of(queue, async ({ broker, results }) =>
      queueStats(await broker.inspect.counts(queue), await results.counts(queue)),
    );
  }

  /** How many jobs there are in each state, over all queues. */
  async totals(): Promise<JobTotals> {
    return this.#with(({ broker, results }) => jobTotals(broker, results));
  }

  /** Due jobs, next to run first. */
  async pending(queue: string, page?: JobPageRequest): Promise<JobPage> {
    return this.#of(queue, () => this.#lists.waiting(queue, 'waiting', page));
  }

  /** Jobs that are not due yet, and those between two attempts, next to run first. */
  async scheduled(queue: string, page?: JobPageRequest): Promise<JobPage> {
    return this.#of(queue, () => this.#lists.waiting(queue, 'delayed', page));
  }

  /** Those that run for 250 ms or more, the latest first. */
  async processing(page?: JobPageRequest): Promise<JobPage> {
    return this.#with(() => this.#lists.recorded({ status: 'processing' }, page));
  }

  /** Newest first, as are `failed` and `cancelled`. */
  async successful(page?: JobPageRequest): Promise<JobPage> {
    return this.#with(() => this.#lists.recorded({ status: 'successful' }, page));
  }

  async failed(page?: JobPageRequest): Promise<JobPage> {
    return this.#with(() => this.#lists.recorded({ status: 'failed' }, page));
  }

  async cancelled(page?: JobPageRequest): Promise<JobPage> {
    return this.#with(() => this.#lists.recorded({ status: 'cancelled' }, page));
  }

  /**
   * Jobs of a state, of any queue, that match a query. Where no index knows them, one call looks at a
   * bounded number, and `next` goes on from there. Rejects with InvalidOptionsError for a query that
   * cannot be read.
   */
  async search(request: JobSearch = {}): Promise<JobSearchPage> {
    return this.#with(() => this.#searches.search(request));
  }

  /** How many match: of those that one call looks at, where the stores do not count them. */
  async count(request: ScanRequest = {}): Promise<JobCount> {
    return this.#with(() => this.#searches.count(request));
  }

  /** Acts on some of the jobs that match; repeat it with `next` until that is absent. */
  async bulk(request: BulkStepRequest): Promise<BulkStep> {
    return this.#with(() => this.#steps.step(request));
  }

  /** Failed jobs by task and kind of error, as far as one call looks. */
  async failures(request: FailuresRequest = {}): Promise<Failures> {
    return this.#with(() => failureGroups(this.#scan, request));
  }

  /** A group or a chain with its members. Rejects with NotFoundError. */
  async workflow(id: string): Promise<WorkflowMessage> {
    return this.#with(() => this.#workflows.get(id));
  }

  /** Retries the failed or cancelled members of a group or chain; gives how many those were. */
  async retryFailed(id: string): Promise<number> {
    return this.#with(() => this.#parts.retrier.retryMembers(id));
  }

  /**
   * Makes a scheduled or retrying job due at once. Rejects with NotFoundError, and with InvalidStateError
   * for any other job.
   */
  async runJobNow(id: string): Promise<void> {
    return this.#with(() => this.#parts.retrier.runNow(id));
  }

  /** Names of the tasks that this process knows. */
  tasks(): string[] {
    return this.#parts.setting.tasks.names();
  }

  /**
   * How many handlers of this queue each live worker process runs at once, until it ends; those that
   * start later take what they are configured with.
   */
  async setConcurrency(queue: string, concurrency: number): Promise<void> {
    refuse('setConcurrency()', integerFrom(1)(concurrency, 'concurrency'));
    return this.#of(queue, ({ broker }) =>
      broker.broadcast(concurrencyNotice({ queue, concurrency })),
    );
  }

  /** All that is known of a job. Rejects with NotFoundError. */
  async job(id: string): Promise<JobDetail> {
    return this.#with(() => this.#details.get(id));
  }

  /** As `TasqueueClient.enqueue` does it. */
  async enqueue(spec: JobSpec): Promise<EnqueuedJob> {
    if (!isJobSpec(spec)) refuse('enqueue()', [expected('what job() gives', 'job', spec)]);
    const { id, duplicate } = await this.#parts.sender.job(spec);
    return { id, duplicate };
  }

  /** As `TasqueueClient.cancel` does it: jobs, groups, chains and schedules. False when it had ended. */
  async cancel(id: string): Promise<boolean> {
    return this.#with(() => this.#parts.canceller.cancel(id));
  }

  /** As `TasqueueClient.retry` does it: a failed or cancelled job, or all such members of a group or chain. */
  async retry(id: string): Promise<void> {
    return this.#with(() => this.#parts.retrier.retry(id));
  }

  /** As `TasqueueClient.deleteJob` does it. */
  async deleteJob(id: string): Promise<void> {
    return this.#with(() => this.#parts.deleter.delete(id));
  }

  /** Nothing more of this queue is claimed, by any process, until `resume`. */
  async pause(queue: string): Promise<void> {
    return this.#of(queue, ({ broker }) => broker.pause(queue, true));
  }

  async resume(queue: string): Promise<void> {
    return this.#of(queue, ({ broker }) => broker.pause(queue, false));
  }

  /** Deletes what waits in the queue; gives how many jobs that were. */
  async clear(queue: string): Promise<number> {
    return this.#of(queue, () => this.#bulk.clear(queue));
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

  /** How many jobs ended how and when, of one queue or of all; up to ten seconds old. */
  async history(span: HistorySpan, queue?: string): Promise<OutcomeHistory> {
    const spans = Object.keys(SCALES);
    if (!spans.includes(span)) refuse('history()', [expected(spans.join(', '), 'span', span)]);
    return this.#with(() => this.#history.read(span, queue));
  }

  async workers(): Promise<WorkerMessage[]> {
    return this.#with(async ({ broker }) => (await broker.inspect.sessions()).map(workerMessage));
  }

  /** Whether both stores answer, and how fast. Never rejects: also before they are connected. */
  async stores(): Promise<StoreHealth[]> {
    const { setting } = this.#parts;
    return storeHealth(setting, setting.environment.clock);
  }

  /** Where names could not be told apart by a store, none is asked. */
  async #of<T>(queue: string, act: (setting: ClientParts['setting']) => Promise<T>): Promise<T> {
    refuse('TasqueueAdmin', storable(queue, 'queue'));
    return this.#with(act);
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
