import type { StoredMessage } from './message.js';
import type { Page, PageRequest } from './page.js';
import type { SessionInfo } from './session-info.js';

/** The jobs in one queue, as the broker counts them. */
export interface QueueCounts {
  readonly waiting: number;
  readonly delayed: number;
  readonly retrying: number;
  /** Claimed, not started. */
  readonly claimed: number;
  readonly started: number;
  /** When the oldest waiting message became due; epoch ms. */
  readonly oldestDueAt?: number | undefined;
  readonly paused: boolean;
  /** Live sessions that work on it. */
  readonly workers: number;
}

export interface SessionStatus extends SessionInfo {
  readonly openedAt: number;
  readonly beatAt: number;
  /** Messages it holds. */
  readonly held: number;
}

/** What administrators read; workers never call it. Bounded work per call. */
export interface BrokerInspector {
  /** Names of queues that hold a message, are paused or are worked on. */
  queues(): Promise<readonly string[]>;
  /** Jobs alone: plans and schedules are not counted. */
  counts(queue: string): Promise<QueueCounts>;
  /**
   * The jobs of a queue, next to run first: `waiting` by priority and age (claimed but unstarted
   * ones excluded), `delayed` (with `retrying`) by due time. A cursor stays good when items come and go.
   */
  page(
    queue: string,
    state: 'waiting' | 'delayed',
    page: PageRequest,
  ): Promise<Page<StoredMessage>>;
  /** All schedules, by id. */
  schedules(): Promise<readonly StoredMessage[]>;
  sessions(): Promise<readonly SessionStatus[]>;
}
