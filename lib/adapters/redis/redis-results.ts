import { type Clock, systemClock } from '../../core/clock.js';
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
  ResultsSettings,
  WriteReply,
} from '../../core/ports/results.js';
import { DEFAULT_PREFIX } from './base-key.js';
import type { RedisConnection } from './connection/redis-connection.js';
import { JobLists } from './results/job-lists.js';
import { JobWrites } from './results/job-writes.js';
import { NoticeBoard } from './results/notice-board.js';
import { PlanMarks } from './results/plan-marks.js';
import { PlanWrites } from './results/plan-writes.js';
import { RecordReads } from './results/record-reads.js';
import { ResultsServer } from './results/results-server.js';
import { Revisions } from './results/revisions.js';
import { Sweeper } from './results/sweeper.js';
import { WatchPost } from './results/watch-post.js';

export interface RedisResultsOptions {
  /** Begins every key: instances with different ones do not see each other. Default: 'tasqueue'. */
  readonly prefix?: string | undefined;
  /** @internal For tests that let time pass: its timers, and by how much the server's time is ahead. */
  readonly time?: { readonly clock: Clock; readonly offsetMs: () => number } | undefined;
}

const REAL_TIME = { clock: systemClock, offsetMs: () => 0 };

/**
 * Keeps what happened in Redis 6.2 or later. Pages show the job first whose outcome was recorded last.
 * Time is the server's. Where processes ask for different retentions, that of the last `connect` counts
 * for all of them. All that one prefix names lies in one hash slot of a cluster.
 */
export class RedisResults implements Results {
  readonly name = 'redis';
  readonly #server: ResultsServer;
  readonly #reads: RecordReads;
  readonly #writes: JobWrites;
  readonly #plans: PlanWrites;
  readonly #marks: PlanMarks;
  readonly #lists: JobLists;
  readonly #sweeper: Sweeper;
  readonly #post: WatchPost;
  readonly #board: NoticeBoard;
  #users = 0;

  /** Connects to nothing yet. Throws InvalidOptionsError for a prefix that cannot be one. */
  constructor(
    connection: RedisConnection,
    { prefix = DEFAULT_PREFIX, time = REAL_TIME }: RedisResultsOptions = {},
  ) {
    const revisions = new Revisions();
    this.#server = new ResultsServer(connection, prefix, time.offsetMs);
    this.#reads = new RecordReads(this.#server);
    this.#writes = new JobWrites(this.#server, revisions);
    this.#plans = new PlanWrites(this.#server, revisions);
    this.#marks = new PlanMarks(this.#server, revisions);
    this.#lists = new JobLists(this.#server);
    this.#sweeper = new Sweeper(this.#server, revisions, time.clock);
    this.#post = new WatchPost(this.#server, time.clock);
    this.#board = new NoticeBoard(this.#server);
  }

  async connect(settings: ResultsSettings): Promise<readonly string[]> {
    this.#users += 1;
    try {
      const advice = await this.#server.connect();
      await this.#sweeper.start(settings);
      this.#post.start();
      return advice;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#users = Math.max(0, this.#users - 1);
    if (this.#users > 0) return;
    this.#sweeper.stop();
    this.#post.stop();
    this.#server.close();
  }

  async ping(): Promise<void> {
    await this.#server.command('EXISTS', ':r:j');
  }

  get(ids: readonly string[]): Promise<readonly (Versioned | undefined)[]> {
    return this.#reads.get(ids);
  }

  put(writes: readonly RecordWrite[]): Promise<readonly WriteReply[]> {
    this.#sweeper.written();
    return this.#writes.write(writes);
  }

  plan(plans: readonly PlanRecord[]): Promise<readonly (PlanProgress | undefined)[]> {
    this.#sweeper.written();
    return this.#plans.write(plans);
  }

  mark(marks: readonly Mark[]): Promise<readonly (MarkReply | undefined)[]> {
    this.#sweeper.written();
    return this.#marks.mark(marks);
  }

  dispatched(plans: readonly PlanEnds[]): Promise<void> {
    return this.#marks.dispatched(plans);
  }

  release(planIds: readonly string[]): Promise<void> {
    this.#sweeper.written();
    return this.#marks.release(planIds);
  }

  delete(entries: readonly { readonly id: string; readonly generation: number }[]): Promise<void> {
    this.#sweeper.written();
    return this.#marks.delete(entries);
  }

  watch(id: string, wake: () => void): () => void {
    return this.#post.watch(id, wake);
  }

  page(filter: RecordFilter, page: PageRequest): Promise<Page<JobRecord>> {
    return this.#lists.page(filter, page);
  }

  counts(queue?: string): Promise<RecordCounts> {
    return this.#lists.counts(queue);
  }

  post(notices: readonly NoticePost[]): Promise<void> {
    return this.#board.post(notices);
  }

  notices(topic: string): Promise<readonly PostedNotice[]> {
    return this.#board.read(topic);
  }
}
