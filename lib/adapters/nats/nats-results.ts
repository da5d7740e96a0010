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
  ResultsSettings,
  WriteReply,
} from '../../core/ports/results.js';
import {
  checkServers,
  storeSettings,
  type NatsServers,
  type NatsStoreOptions,
} from './connection/nats-connection.js';
import { toToken } from './connection/subject-token.js';
import { inTurns } from './results/in-turns.js';
import type { ResultsSession } from './results/results-session.js';
import { SharedSession } from './results/shared-session.js';
import { versionOf } from './results/records/versions.js';
import { Watchers } from './results/watchers.js';

/** Ids that one call looks up, or deletes, at a time: what the server has to buffer stays small. */
const MOST_AT_ONCE = 1_000;

export interface NatsResultsOptions extends NatsStoreOptions {
  /** By which records age. Default: the server's. */
  readonly clock?: Clock | undefined;
}

/**
 * Keeps what happened in a JetStream stream: one message per id, compared and set by its sequence.
 *
 * Lists and counts are read from the stream itself when they are asked for. One of the processes that
 * have it connected forgets, once a minute, what is past its retention.
 */
export class NatsResults implements Results {
  readonly name = 'nats';
  readonly #shared: SharedSession;
  readonly #watchers: Watchers;

  /** Throws InvalidOptionsError. Nothing connects before `connect`. */
  constructor(servers: NatsServers, options: NatsResultsOptions = {}) {
    checkServers('NatsResults', servers);
    const { clock, ...store } = options;
    const settings = storeSettings('NatsResults', store);
    this.#shared = new SharedSession(servers, settings, { clock, timers: clock ?? systemClock });
    this.#watchers = this.#shared.watchers;
  }

  connect(settings: ResultsSettings): Promise<void> {
    return this.#shared.open(settings);
  }

  close(): Promise<void> {
    return this.#shared.close();
  }

  ping(): Promise<void> {
    return this.#shared.use(async ({ catalogue }) => catalogue.ping());
  }

  get(ids: readonly string[]): Promise<readonly (Versioned | undefined)[]> {
    return this.#shared.use((session) =>
      inTurns(ids, MOST_AT_ONCE, (id) => readVersion(session, id)),
    );
  }

  put(writes: readonly RecordWrite[]): Promise<readonly WriteReply[]> {
    return this.#shared.use((session) => Promise.all(writes.map((write) => put(session, write))));
  }

  plan(plans: readonly PlanRecord[]): Promise<readonly (PlanProgress | undefined)[]> {
    return this.#shared.use((session) =>
      Promise.all(plans.map((plan) => session.plans.store(plan))),
    );
  }

  mark(marks: readonly Mark[]): Promise<readonly (MarkReply | undefined)[]> {
    return this.#shared.use((session) =>
      Promise.all(marks.map((mark) => session.plans.mark(mark))),
    );
  }

  dispatched(noted: readonly PlanEnds[]): Promise<void> {
    return this.#shared.use(async ({ plans }) => {
      await Promise.all(noted.map(({ planId, ends }) => plans.noteDispatched(planId, ends)));
    });
  }

  release(planIds: readonly string[]): Promise<void> {
    return this.#shared.use(async ({ plans }) => {
      await Promise.all(planIds.map((planId) => plans.release(planId)));
    });
  }

  delete(entries: readonly { readonly id: string; readonly generation: number }[]): Promise<void> {
    return this.#shared.use(async (session) => {
      await inTurns(entries, MOST_AT_ONCE, (entry) => bury(session, entry));
    });
  }

  watch(id: string, wake: () => void): () => void {
    return this.#watchers.watch(id, wake);
  }

  page(filter: RecordFilter, page: PageRequest): Promise<Page<JobRecord>> {
    return this.#shared.use(({ pages }) => pages.read(filter, page));
  }

  counts(queue?: string): Promise<RecordCounts> {
    return this.#shared.use(async ({ catalogue }) => {
      const current = await catalogue.get();
      return current.catalogue.counts(queue === undefined ? undefined : toToken(queue));
    });
  }

  post(notices: readonly NoticePost[]): Promise<void> {
    return this.#shared.use(({ board }) => board.post(notices));
  }

  notices(topic: string): Promise<readonly PostedNotice[]> {
    return this.#shared.use(({ board }) => board.read(topic));
  }

  /**
   * Forgets what is past its retention now, rather than within the next minute. Does nothing while
   * another process sees to it.
   */
  sweep(): Promise<void> {
    return this.#shared.sweep();
  }
}

async function readVersion(session: ResultsSession, id: string): Promise<Versioned | undefined> {
  const held = await session.book.read(id);
  return held && versionOf(held, session.planReader);
}

async function put(session: ResultsSession, write: RecordWrite): Promise<WriteReply> {
  const kept = await session.book.put(write);
  if (kept.stored) return { stored: true, revision: kept.seq };
  const current = kept.current && (await versionOf(kept.current, session.planReader));
  return { stored: false, current };
}

async function bury(
  session: ResultsSession,
  { id, generation }: { readonly id: string; readonly generation: number },
): Promise<void> {
  const before = await session.book.bury(id, generation);
  // What was said of a plan, also of one that has not come, must not count for the next of its id.
  if (before?.record.kind !== 'job') await session.plans.forget(id);
}
