import type { Page, PageRequest } from './page.js';
import type { JobRecord, MarkStatus, PlanRecord, Versioned } from './record.js';
import type { ReportTrouble } from './trouble.js';

/** Stores a whole new state of a job, if nothing has changed since it was read. */
export interface RecordWrite {
  readonly record: JobRecord;
  /**
   * The revision that must be the stored one. 0: no job, plan or tombstone of this id may be there,
   * except a tombstone of a lower generation. Whatever is expected, a plan is never overwritten, and a
   * tombstone only by a higher generation.
   */
  readonly expect: number;
}

export type WriteReply =
  | { readonly stored: true; readonly revision: number }
  /** What is there instead; undefined when a record was expected and none is there. */
  | { readonly stored: false; readonly current: Versioned | undefined };

/**
 * Says how a member of a plan stands, or, without `memberId`, whether the plan as a whole is cancelled
 * (`cancelled`) or open again (`open`).
 */
export interface Mark {
  readonly planId: string;
  readonly memberId?: string | undefined;
  /**
   * The generation of the member's run. A mark of a lower generation than the last one is ignored; so
   * is `open` of the same one, which may come late: the run that it announces has ended already.
   */
  readonly generation: number;
  readonly status: MarkStatus;
  /**
   * When the reply is to bring the plan along: `always`, or once none of its members is open. Spares
   * a look-up, and binds no store. Default: never.
   */
  readonly show?: 'always' | 'ended' | undefined;
}

/** How far a plan has come. */
export interface PlanProgress {
  readonly members: number;
  /** Members not marked with an end; 0: the plan has ended. */
  readonly open: number;
}

export interface MarkReply extends PlanProgress {
  /** As it stands after all marks of the call, where one of them says `show`; a store may leave it out. */
  readonly plan?: PlanRecord | undefined;
}

/** Ends of a plan whose callbacks the broker has accepted. */
export interface PlanEnds {
  readonly planId: string;
  readonly ends: readonly string[];
}

/** How long finished jobs are kept; the earlier limit counts, and never within REDELIVERY_HORIZON_MS. */
export interface Retention {
  /** ms */
  readonly age?: number | undefined;
  readonly count?: number | undefined;
}

export interface RetentionPolicy {
  readonly successful: Retention;
  readonly failed: Retention;
  readonly cancelled: Retention;
}

/** Which recorded jobs a page holds. */
export interface RecordFilter {
  readonly status: JobRecord['status'];
  readonly queue?: string | undefined;
  readonly task?: string | undefined;
  /** Finished before; epoch ms. */
  readonly before?: number | undefined;
}

export type RecordCounts = Readonly<Record<'successful' | 'failed' | 'cancelled', number>>;

/** A small value that others may look up by its topic. Nothing that delivery needs. */
export interface PostedNotice {
  /** One of each name in a topic: a later one takes its place. */
  readonly name: string;
  readonly body: Uint8Array;
}

export interface NoticePost extends PostedNotice {
  readonly topic: string;
  /** How long the topic is kept from now on, ms, at most LONGEST_NOTICE_MS: that of its latest notice counts. */
  readonly ttlMs: number;
}

export const LONGEST_NOTICE_MS = 25 * 60 * 60_000;

/** What core tells a results store as it connects. */
export interface ResultsSettings {
  readonly retention: RetentionPolicy;
  readonly report?: ReportTrouble | undefined;
}

/**
 * Owns what happened: the record of each run job, the state of groups and chains. It compares and
 * sets; every decision is core's. Calls take many and answer in the same order.
 *
 * Any call rejects with ResultsUnavailableError when the store cannot be reached: the lost call may
 * have taken effect. Adapters pass `describeResults` of `nestjs-tasqueue/testing`.
 */
export interface Results {
  readonly name: string;

  /**
   * Called once per Tasqueue instance; instances may share a store: the last `close` counts, and the
   * settings of the last `connect`. Gives what an operator should change about the server, one sentence
   * each: core logs them as warnings. What fails later in what it does by itself it reports, if it is
   * given `report`: retention must not stand still without a word.
   */
  connect(settings: ResultsSettings): Promise<readonly string[] | void>;
  close(): Promise<void>;
  /** Round trip to the server. */
  ping(): Promise<void>;

  get(ids: readonly string[]): Promise<readonly (Versioned | undefined)[]>;
  /** Compare and set, each write by itself. Keeps the lists by status, wakes watchers, trims by retention. */
  put(writes: readonly RecordWrite[]): Promise<readonly WriteReply[]>;

  /**
   * Stores plans that are not there yet. Marks may have come before their plan: they count. Undefined
   * where the id is taken by something else (a job, or a tombstone of the same or a higher generation).
   */
  plan(plans: readonly PlanRecord[]): Promise<readonly (PlanProgress | undefined)[]>;
  /** Gives how the plans stand after all these marks; undefined for those not (or no longer) planned. */
  mark(marks: readonly Mark[]): Promise<readonly (MarkReply | undefined)[]>;
  /** Notes which ends of plans have been dispatched. */
  dispatched(plans: readonly PlanEnds[]): Promise<void>;
  /**
   * These plans are over: from now on they, their members and the plans among those age by retention,
   * until a mark opens them again. A plan that is deleted releases its members, too.
   */
  release(planIds: readonly string[]): Promise<void>;

  /**
   * Turns what is there, or nothing, into a tombstone of at least this generation, kept for
   * REDELIVERY_HORIZON_MS.
   */
  delete(entries: readonly { readonly id: string; readonly generation: number }[]): Promise<void>;

  /** Calls `wake` whenever the record or plan of this id may have changed, until the returned function is called. */
  watch(id: string, wake: () => void): () => void;

  /**
   * Recorded jobs, the latest first: by `finishedAt` or, where a store cannot sort by that, in the order
   * in which it was told of the finish; by their latest write while not final. Bounded work per call.
   */
  page(filter: RecordFilter, page: PageRequest): Promise<Page<JobRecord>>;
  /** Finished jobs of one queue, or of all. */
  counts(queue?: string): Promise<RecordCounts>;

  /**
   * Keeps small values for others to read. A topic is forgotten as a whole; to be written for some
   * time, and never again after it has gone: a store may bring back what it still has of it.
   */
  post(notices: readonly NoticePost[]): Promise<void>;
  /** All notices of a topic, in no order; none where it is not known, or is forgotten. */
  notices(topic: string): Promise<readonly PostedNotice[]>;
}
