import { systemClock, type Clock } from '../../core/clock.js';
import type { Page, PageRequest } from '../../core/ports/page.js';
import type { JobRecord, PlanRecord, Versioned } from '../../core/ports/record.js';
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
  RetentionPolicy,
  WriteReply,
} from '../../core/ports/results.js';
import { AbsentPlans } from './results/absent-plans.js';
import { IdleTimer } from './results/idle-timer.js';
import { readPage } from './results/job-pages.js';
import { JobWrites } from './results/job-writes.js';
import { Ledger, versioned } from './results/ledger.js';
import { NoticeBoard } from './results/notice-board.js';
import { PlanBook } from './results/plan-book.js';
import { PlanKeeper } from './results/plan-keeper.js';
import { Sweeper } from './results/sweeper.js';
import { Watchers } from './results/watchers.js';

/** More than one per write, so that what came due in idle times is caught up with. */
const FORGOTTEN_PER_WRITE = 2;

export interface MemoryResultsOptions {
  /** Default: the system's clock. */
  readonly clock?: Clock | undefined;
}

/**
 * Keeps what happened in the memory of this process, and defines what a results store does. The
 * data stays when the last instance closes it, and ends with the process.
 *
 * Retention is forgetting: as part of each write, and every minute while nobody writes. Where
 * instances with different retentions share a store, that of the last `connect` counts.
 */
export class MemoryResults implements Results {
  readonly name = 'memory';

  readonly #watchers = new Watchers();
  readonly #ledger = new Ledger((id) => this.#watchers.changed(id));
  readonly #writes: JobWrites;
  readonly #plans: PlanBook;
  readonly #sweeper: Sweeper;
  readonly #idleTimer: IdleTimer;
  readonly #board: NoticeBoard;
  #users = 0;

  constructor({ clock = systemClock }: MemoryResultsOptions = {}) {
    const absent = new AbsentPlans();
    const keeper = new PlanKeeper(this.#ledger, absent, clock);
    this.#writes = new JobWrites(this.#ledger, keeper);
    this.#plans = new PlanBook(this.#ledger, absent, keeper, clock);
    this.#sweeper = new Sweeper(this.#ledger, absent, keeper, clock);
    this.#idleTimer = new IdleTimer(this.#sweeper, clock, () => this.#watchers.wake());
    this.#board = new NoticeBoard(clock);
  }

  async connect({ retention }: { readonly retention: RetentionPolicy }): Promise<void> {
    this.#users += 1;
    this.#sweeper.policy = retention;
    this.#idleTimer.start();
  }

  async close(): Promise<void> {
    this.#users = Math.max(0, this.#users - 1);
    if (this.#users === 0) this.#idleTimer.stop();
  }

  async ping(): Promise<void> {
    // Always there.
  }

  async get(ids: readonly string[]): Promise<readonly (Versioned | undefined)[]> {
    return ids.map((id) => {
      const entry = this.#ledger.find(id);
      return entry && versioned(entry);
    });
  }

  async put(writes: readonly RecordWrite[]): Promise<readonly WriteReply[]> {
    const replies = writes.map((write) => this.#writes.write(write));
    this.#written(writes.length);
    return replies;
  }

  async plan(plans: readonly PlanRecord[]): Promise<readonly (PlanProgress | undefined)[]> {
    const progress = plans.map((plan) => this.#plans.store(plan));
    this.#written(plans.length);
    return progress;
  }

  async mark(marks: readonly Mark[]): Promise<readonly (MarkReply | undefined)[]> {
    for (const mark of marks) this.#plans.mark(mark);
    const replies = marks.map((mark) => this.#plans.replyTo(mark));
    this.#written(marks.length);
    return replies;
  }

  async dispatched(plans: readonly PlanEnds[]): Promise<void> {
    for (const { planId, ends } of plans) this.#plans.noteDispatched(planId, ends);
    this.#written(plans.length);
  }

  async release(planIds: readonly string[]): Promise<void> {
    for (const planId of planIds) this.#plans.release(planId);
    this.#written(planIds.length);
  }

  async delete(
    entries: readonly { readonly id: string; readonly generation: number }[],
  ): Promise<void> {
    for (const { id, generation } of entries) this.#plans.delete(id, generation);
    this.#written(entries.length);
  }

  watch(id: string, wake: () => void): () => void {
    return this.#watchers.watch(id, wake);
  }

  async page(filter: RecordFilter, page: PageRequest): Promise<Page<JobRecord>> {
    return readPage(this.#ledger.jobs, filter, page);
  }

  async counts(queue?: string): Promise<RecordCounts> {
    return this.#ledger.jobs.counts(queue);
  }

  async post(notices: readonly NoticePost[]): Promise<void> {
    this.#board.post(notices);
  }

  async notices(topic: string): Promise<readonly PostedNotice[]> {
    return this.#board.read(topic);
  }

  #written(writes: number): void {
    this.#sweeper.sweep(writes * FORGOTTEN_PER_WRITE);
    this.#idleTimer.arm();
    this.#watchers.wake();
  }
}
