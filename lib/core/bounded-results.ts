import type { Clock } from './clock.js';
import { CALL_TIMEOUT_MS, within } from './deadline.js';
import { ResultsUnavailableError } from './errors.js';
import type { Page, PageRequest } from './ports/page.js';
import type { JobRecord, PlanRecord, Versioned } from './ports/record.js';
import type {
  Mark,
  MarkReply,
  NoticePost,
  PlanEnds,
  PlanProgress,
  PostedNotice,
  RecordCounts,
  RecordFilter,
  RecordWrite,
  Results,
  ResultsSettings,
  WriteReply,
} from './ports/results.js';

/**
 * A results store whose every call ends in bounded time: with a half-open connection an answer may
 * never come, and nobody above the port should have to think of it.
 */
export class BoundedResults implements Results {
  constructor(
    private readonly inner: Results,
    private readonly clock: Clock,
  ) {}

  get name(): string {
    return this.inner.name;
  }

  /** Not bounded: how long to wait at boot is `startupTimeout`'s to say. */
  connect(settings: ResultsSettings): Promise<readonly string[] | void> {
    return this.inner.connect(settings);
  }
  close(): Promise<void> {
    return this.#bounded(this.inner.close());
  }
  ping(): Promise<void> {
    return this.#bounded(this.inner.ping());
  }
  get(ids: readonly string[]): Promise<readonly (Versioned | undefined)[]> {
    return this.#bounded(this.inner.get(ids));
  }
  put(writes: readonly RecordWrite[]): Promise<readonly WriteReply[]> {
    return this.#bounded(this.inner.put(writes));
  }
  plan(plans: readonly PlanRecord[]): Promise<readonly (PlanProgress | undefined)[]> {
    return this.#bounded(this.inner.plan(plans));
  }
  mark(marks: readonly Mark[]): Promise<readonly (MarkReply | undefined)[]> {
    return this.#bounded(this.inner.mark(marks));
  }
  dispatched(plans: readonly PlanEnds[]): Promise<void> {
    return this.#bounded(this.inner.dispatched(plans));
  }
  release(planIds: readonly string[]): Promise<void> {
    return this.#bounded(this.inner.release(planIds));
  }
  delete(entries: readonly { readonly id: string; readonly generation: number }[]): Promise<void> {
    return this.#bounded(this.inner.delete(entries));
  }
  watch(id: string, wake: () => void): () => void {
    return this.inner.watch(id, wake);
  }
  page(filter: RecordFilter, page: PageRequest): Promise<Page<JobRecord>> {
    return this.#bounded(this.inner.page(filter, page));
  }
  counts(queue?: string): Promise<RecordCounts> {
    return this.#bounded(this.inner.counts(queue));
  }
  post(notices: readonly NoticePost[]): Promise<void> {
    return this.#bounded(this.inner.post(notices));
  }
  notices(topic: string): Promise<readonly PostedNotice[]> {
    return this.#bounded(this.inner.notices(topic));
  }

  #bounded<T>(call: Promise<T>): Promise<T> {
    return within(this.clock, CALL_TIMEOUT_MS, call, () => {
      return new ResultsUnavailableError(
        `${this.inner.name} did not answer within ${CALL_TIMEOUT_MS} ms`,
      );
    });
  }
}
