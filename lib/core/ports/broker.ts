import type { BrokerInspector } from './broker-inspector.js';
import type { Message, MessageKey, MessageKind, StoredMessage } from './message.js';
import type { SessionInfo } from './session-info.js';
import type { ReportTrouble } from './trouble.js';

export type { Message, MessageKey, MessageKind, StoredMessage } from './message.js';
export type { SessionInfo } from './session-info.js';

/**
 * `stored`: accepted. `known`: a message of this id and of the same or a higher generation is
 * already there, untouched. `replaced`: it took the place of an older one (see `enqueue`).
 */
export type EnqueueReply = 'stored' | 'known' | 'replaced';

/** One claim on one message. At most one claim on a message is live at a time. */
export interface Delivery extends MessageKey {
  readonly kind: MessageKind;
  readonly queue: string;
  readonly priority: number;
  /** When it became due, or was enqueued; for a schedule, its slot. Epoch ms, server time. */
  readonly dueAt: number;
  /** Names this very claim, new with each; opaque outside its broker. */
  readonly receipt: string;
  /** `Message.fresh`, and nobody has been given it before. */
  readonly fresh: boolean;
  /**
   * Somebody may have been given it before: the run has to begin in the results (rule 3). True after
   * every claim that was not released unstarted by its own session, which alone knows.
   */
  readonly redelivered: boolean;
  /** How often a session died while this message was started. */
  readonly crashes: number;
  readonly body: Uint8Array;
}

/** What becomes of a message once its claim is over. A settlement of a claim no longer held changes nothing. */
export type Settlement =
  /** Done: the message goes away. */
  | { readonly kind: 'ack'; readonly receipt: string }
  /** Comes back after `delayMs`, or at `dueAt` (server time), whichever is given. */
  | {
      readonly kind: 'retry';
      readonly receipt: string;
      readonly delayMs?: number | undefined;
      readonly dueAt?: number | undefined;
    }
  /**
   * Handed back, in front of its queue and in its old order. With `started` false it is as if it
   * had never been claimed (a fresh message stays fresh).
   */
  | { readonly kind: 'release'; readonly receipt: string; readonly started: boolean };

/** What core tells a broker as it connects. */
export interface BrokerSettings {
  readonly report?: ReportTrouble | undefined;
}

/** How many messages of a queue to claim. */
export interface QueueClaim {
  readonly queue: string;
  /** Free slots: the first `slots` messages given count as started at once. */
  readonly slots: number;
  /** Read ahead: up to this many more, which count as started only when told so. */
  readonly ahead: number;
}

export interface WorkRequest {
  readonly session: string;
  /** Settled before anything is claimed. */
  readonly settle: readonly Settlement[];
  /** Receipts of claims read ahead that have started since. */
  readonly started: readonly string[];
  readonly claims: readonly QueueClaim[];
  /** With nothing to claim: wait up to this long for something. 0 answers at once. */
  readonly waitMs: number;
  /** Ends the waiting early; what was claimed by then is still answered. */
  readonly signal?: AbortSignal | undefined;
}

/** What every exchange with a live session tells. */
export interface SessionReply {
  /** Server time, epoch ms. */
  readonly now: number;
  /** Receipts of this session whose messages were removed or replaced since the last reply. */
  readonly gone: readonly string[];
}

export interface WorkReply extends SessionReply {
  /** In the order in which they should start. */
  readonly deliveries: readonly Delivery[];
  /** Receipts among `settle` that no longer held: nothing was done for them. */
  readonly lost: readonly string[];
  /** Queues of `claims` on which another session waits with nothing to do. */
  readonly wanted: readonly string[];
}

export interface BeatReply extends SessionReply {
  /** Live sessions, this one included. */
  readonly workers: number;
}

export interface ReclaimRequest {
  /** The session that was, live or dead. */
  readonly from: string;
  /** The one that takes over; it is opened by this call. */
  readonly to: SessionInfo;
  /** Claims to move. All others of `from` go back in front of their queues, as never started. */
  readonly receipts: readonly string[];
}

/** A message to every process on this broker. Best effort: nothing may depend on its arrival. */
export interface Notice {
  readonly topic: string;
  readonly body: string;
}

export interface BrokerCapabilities {
  /** One `enqueue` call stores all its messages or none, however many queues they name. */
  readonly atomicEnqueue: boolean;
  /** The longest `body` it takes; undefined: no limit. */
  readonly maxBodyBytes?: number | undefined;
}

/**
 * Owns who may run a message, when, and in which order. It never decides an outcome (rule 9).
 *
 * Any call rejects with BrokerUnavailableError when the store cannot be reached: the lost call may
 * have taken effect. `work`, `beat` reject with LeaseLostError when the session is not alive (swept,
 * or never opened): nothing was done. Adapters pass `describeBroker` of `nestjs-tasqueue/testing`.
 */
export interface Broker {
  readonly name: string;
  readonly capabilities: BrokerCapabilities;
  readonly inspect: BrokerInspector;

  /**
   * Connects. Called once per Tasqueue instance; instances may share a broker, the last `close` counts.
   * Gives what an operator should change about the server, one sentence each: core logs them as warnings.
   * What fails later in what it does by itself it reports, if it is given `report`; that of the last call counts.
   */
  connect(settings?: BrokerSettings): Promise<readonly string[] | void>;
  /** Ends what `connect` began; waiting `work` calls answer empty. */
  close(): Promise<void>;
  /** Round trip to the server; gives its time, epoch ms. */
  ping(): Promise<number>;

  /**
   * Accepts messages; the replies are in the same order. A known id is left alone, except that a
   * higher generation replaces a lower one, and a `schedule` replaces a `schedule` whatever the
   * generation. Replacing ends a claim on the old message.
   */
  enqueue(messages: readonly Message[]): Promise<readonly EnqueueReply[]>;
  /**
   * Removes messages, claimed or not, unless a higher generation has taken their place: a removal may
   * arrive late. True for those that were there.
   */
  remove(keys: readonly MessageKey[]): Promise<readonly boolean[]>;
  find(ids: readonly string[]): Promise<readonly (StoredMessage | undefined)[]>;

  /** Opens a session: a lease for all that this worker process claims. */
  open(info: SessionInfo): Promise<void>;
  /** Settles, then claims: due messages by priority, then oldest first. Extends the session's lease. */
  work(request: WorkRequest): Promise<WorkReply>;
  /**
   * Extends the lease, and hands back a bounded number of jobs of dead sessions, each to be delivered
   * again after `crashDelayMs(crashes)` (core/lease.ts). Only claims that had started count a crash; the
   * others go back in front of their queues. A session sweeps only after it has itself been alive
   * without a gap for a full lease (rule 14).
   */
  beat(session: string): Promise<BeatReply>;
  /** Moves claims to a fresh session after a connection loss. Gives the receipts that were still held. */
  reclaim(request: ReclaimRequest): Promise<readonly string[]>;
  /** Closes a session; what it still holds goes back in front of its queues, as never started. */
  leave(session: string): Promise<void>;

  /** A paused queue gives nothing out. Survives restarts as far as the broker does. */
  pause(queue: string, paused: boolean): Promise<void>;

  /** Tells every process, this one too. */
  broadcast(notice: Notice): Promise<void>;
  /** Hears broadcasts until the returned function is called. */
  listen(hear: (notice: Notice) => void): () => void;
}
