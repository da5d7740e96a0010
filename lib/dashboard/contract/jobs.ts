import type { Instant } from './time.js';

export type JobState =
  'queued' | 'scheduled' | 'retrying' | 'processing' | 'successful' | 'failed' | 'cancelled';

/** How far a scan has come: a page that no index answers looks at a bounded number of jobs. */
export interface Scanned {
  readonly looked: number;
  /** Jobs in the lists that are looked through. */
  readonly of: number;
}

/**
 * `GET jobs?state=&q=&cursor=&limit=`. `q` holds qualifiers (`task:` `queue:` `id:` `group:` `chain:`
 * `error:` `header.x:` `payload.x:`, quoted where a value has spaces) and free words, which are looked
 * for in id, task, error and payload. All must hold.
 */
export interface JobsPage {
  readonly items: readonly JobRow[];
  /** Pass it as `cursor`. There may be more even though `items` is empty: the scan goes on there. */
  readonly next?: string | undefined;
  readonly scanned: Scanned;
  /** Of each state with the same `q`, where an index answers it; without `q` always. */
  readonly counts?: Readonly<Record<JobState, number>> | undefined;
}

export interface JobRow {
  readonly id: string;
  readonly task: string;
  readonly queue: string;
  readonly state: JobState;
  readonly priority: number;
  readonly attempt: number;
  readonly retried: number;
  readonly maxRetries: number;
  readonly enqueuedAt: Instant;
  /** When it is due, while scheduled or retrying. */
  readonly dueAt?: Instant | undefined;
  readonly processedAt?: Instant | undefined;
  readonly finishedAt?: Instant | undefined;
  /** Message of the last failed attempt. */
  readonly error?: string | undefined;
  readonly groupId?: string | undefined;
  readonly chainId?: string | undefined;
  readonly scheduleId?: string | undefined;
  /** What may be done with it now, by this visitor. */
  readonly actions: readonly JobAction[];
}

export type JobAction = 'retry' | 'cancel' | 'delete' | 'run-now';

export interface JobAttempt {
  readonly attempt: number;
  readonly startedAt?: Instant | undefined;
  readonly endedAt?: Instant | undefined;
  readonly durationMs?: number | undefined;
  /** `host:pid` */
  readonly worker?: string | undefined;
  readonly state: 'running' | 'successful' | 'failed' | 'cancelled';
  readonly error?: string | undefined;
  readonly stack?: string | undefined;
}

/** A payload, result, progress or previous result, redacted; `raw` where it could not be decoded. */
export interface ShownValue {
  readonly value?: unknown;
  /** Base64 of the bytes as stored. */
  readonly raw?: string | undefined;
  /** Paths that were redacted, such as `card.number`. */
  readonly redacted: readonly string[];
  /** True when only its start is shown. */
  readonly cut: boolean;
}

export interface TimelineEntry {
  readonly at: Instant;
  readonly what: 'enqueued' | 'due' | 'started' | 'failed' | 'retry-due' | 'ended';
  /** Present tense, for people. */
  readonly label: string;
}

/** `GET jobs/:id` */
export interface JobDetail extends JobRow {
  readonly timeline: readonly TimelineEntry[];
  readonly attempts: readonly JobAttempt[];
  readonly crashes: number;
  readonly timeoutMs?: number | undefined;
  readonly expiresAt?: Instant | undefined;
  readonly payload: ShownValue;
  readonly result?: ShownValue | undefined;
  readonly progress?: ShownValue | undefined;
  readonly prevJobResult?: ShownValue | undefined;
  readonly logs: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly traceLink?: string | undefined;
  readonly onSuccessIds: readonly string[];
  readonly onErrorIds: readonly string[];
  /** Where it stands in its chain or group, 1 first. */
  readonly position?: { readonly index: number; readonly of: number } | undefined;
  /** `await client.enqueue(…)` that would make it again. */
  readonly typescript: string;
}

/** `POST jobs`: a new job, or an edited copy of one. Answers Created. */
export interface NewJob {
  readonly task: string;
  /** The job that this is a copy of: what the payload and the headers leave as `[redacted]` is taken from it. */
  readonly copyOf?: string | undefined;
  readonly payload?: unknown;
  readonly id?: string | undefined;
  readonly queue?: string | undefined;
  readonly priority?: number | undefined;
  readonly maxRetries?: number | undefined;
  readonly delayMs?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/**
 * `POST jobs/bulk`: acts on one step of what matches, and says where to go on; the caller repeats it
 * with `cursor` (and paces itself) until `next` is absent. Either `ids`, or `state` with `q`.
 */
export interface BulkStep {
  readonly action: JobAction;
  readonly ids?: readonly string[] | undefined;
  readonly state?: JobState | undefined;
  readonly q?: string | undefined;
  readonly cursor?: string | undefined;
  /** Jobs to act on at most: 1 to 500. Default 100. */
  readonly limit?: number | undefined;
}

export interface BulkReply {
  readonly done: number;
  /** Changed or gone meanwhile. */
  readonly skipped: number;
  readonly next?: string | undefined;
  readonly scanned: Scanned;
}

/** The body of `POST jobs/count`. */
export interface CountRequest {
  readonly state?: JobState | undefined;
  readonly q?: string | undefined;
  readonly cursor?: string | undefined;
}

/** `POST jobs/count`: how many match, counted in bounded steps. */
export interface CountReply {
  readonly matched: number;
  readonly scanned: Scanned;
  /** Pass it to count on; absent when all has been looked at. */
  readonly next?: string | undefined;
}
