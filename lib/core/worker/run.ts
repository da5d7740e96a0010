import type { JobContext } from '../job-context.js';
import type { JobBody } from '../message/job-body.js';
import type { CancelTimer } from '../clock.js';
import type { Delivery, Settlement } from '../ports/broker.js';
import type { JobRecord, RunError } from '../ports/record.js';
import type { Policy } from '../policy.js';
import type { AttemptTrace } from '../tracing.js';
import type { TaskEntry } from '../task-entry.js';
import { ownerName } from '../workflow/job-ids.js';

/** How many failures and log lines a record keeps, and how long a line may be. */
const MOST_ERRORS = 10;
const MOST_LOGS = 100;
const LONGEST_LINE = 2_000;

const NONE: readonly never[] = [];
const NO_POLICY: Policy = { maxRetries: 0, backoff: undefined, timeoutMs: undefined };

/** What ends or interrupts a run from outside; becomes `signal.reason`. */
export type Interrupt = Error;

/** One message in this process's hands, from the delivery until its settlement is confirmed. */
export class Claim {
  /** The attempt made of it, once it runs. */
  run: Run | undefined;
  /** Another worker may have it now: whatever this one still does with it is void. */
  lost = false;
  /** Somebody has said that the job has an outcome: it is looked up before it starts, fresh or not. */
  suspect = false;
  /** It was looked up when it was claimed, and nothing was on record: as good as fresh. */
  unrecorded = false;
  /** Settles when that is known. */
  look: Promise<void> | undefined;
  /** Tells the pool, once, that the slot is free. */
  onFree: ((claim: Claim) => void) | undefined;

  constructor(
    readonly delivery: Delivery,
    /** The broker counts it as started. */
    public told: boolean,
  ) {}

  /** The slot is free: the handler has ended, or was given up, or was never called. */
  free(): void {
    const { onFree } = this;
    this.onFree = undefined;
    onFree?.(this);
  }
}

export interface Settled {
  readonly claim: Claim;
  readonly settlement: Settlement;
}

/**
 * One attempt at one job in this process: what was claimed, what is known of earlier attempts, and
 * what this one has gathered. The record of any moment is `toRecord`.
 */
export class Run {
  /** The store's version of the record that this run owns; 0: none is stored yet. */
  revision = 0;
  run = 1;
  attempt = 1;
  retried = 0;
  policy: Policy = NO_POLICY;
  status: JobRecord['status'] = 'processing';
  /** Epoch ms. */
  processedAt = 0;
  finishedAt: number | undefined;
  retryAt: number | undefined;
  errors: readonly RunError[] = NONE;
  logs: readonly string[] = NONE;
  result: Uint8Array | undefined;
  progress: Uint8Array | undefined;
  onSuccessIds: readonly string[] = NONE;
  onErrorIds: readonly string[] = NONE;
  dispatched = true;
  entry: TaskEntry | undefined;
  /** What the handler was given; callbacks get the same. */
  context: JobContext | undefined;
  /** Handler time, ms. */
  durationMs: number | undefined;
  /** False for a job that is refused before its handler starts: no attempt is counted. */
  starts = true;
  /** Local elapsed time at the start of the handler. */
  startedAt = Infinity;
  /** The attempt is over: nothing that its handler still does counts. */
  ended = false;
  /** The record writes under way, one after the other; and whether a line came since the last was sent. */
  writing: Promise<void> | undefined;
  unwritten = false;
  /** Set while a handler is waited for: ends the waiting. */
  onAbandon: ((run: Run, reason: Interrupt) => void) | undefined;
  cancelTimeout: CancelTimer | undefined;
  /** Set while somebody traces. */
  trace: AttemptTrace | undefined;

  #abort: AbortController | undefined;
  #interrupt: Interrupt | undefined;

  readonly delivery: Delivery;

  constructor(
    readonly claim: Claim,
    readonly body: JobBody,
  ) {
    this.delivery = claim.delivery;
  }

  get id(): string {
    return this.delivery.id;
  }

  /** What the ids of the jobs that follow begin with. */
  get owner(): string {
    return ownerName(this.id, this.body.terms.life);
  }

  get planId(): string | undefined {
    return this.body.terms.groupId ?? this.body.terms.chainId;
  }

  /** Made when first asked for: most handlers never look. */
  get signal(): AbortSignal {
    if (this.#abort === undefined) {
      this.#abort = new AbortController();
      if (this.#interrupt) this.#abort.abort(this.#interrupt);
    }
    return this.#abort.signal;
  }

  get interrupted(): Interrupt | undefined {
    return this.#interrupt;
  }

  /** Fires the signal. The first reason stands. */
  interrupt(reason: Interrupt): void {
    if (this.#interrupt) return;
    this.#interrupt = reason;
    this.#abort?.abort(reason);
  }

  /** Stops waiting for the handler, which may go on unheard. */
  abandon(reason: Interrupt): void {
    if (this.ended) return;
    this.interrupt(reason);
    this.onAbandon?.(this, reason);
  }

  /** Goes on from what earlier attempts left. */
  continueFrom(record: JobRecord, revision: number): void {
    this.revision = revision;
    this.run = record.run;
    this.attempt = record.attempt;
    this.retried = record.retried;
    this.processedAt = record.processedAt ?? 0;
    this.errors = record.errors;
    this.logs = record.logs;
    this.result = record.result;
    this.progress = record.progress;
    this.onSuccessIds = record.onSuccessIds;
    this.onErrorIds = record.onErrorIds;
    this.dispatched = record.dispatched;
  }

  addError(error: RunError): void {
    this.errors = [...this.errors, error].slice(-MOST_ERRORS);
  }

  addLog(line: string): void {
    this.logs = [...this.logs, line.slice(0, LONGEST_LINE)].slice(-MOST_LOGS);
  }

  /** The record of this moment. */
  toRecord(status: JobRecord['status']): JobRecord {
    const { delivery } = this;
    this.status = status;
    return {
      kind: 'job',
      id: delivery.id,
      generation: delivery.generation,
      run: this.run,
      status,
      queue: delivery.queue,
      task: this.body.task,
      body: delivery.body,
      result: this.result,
      maxRetries: this.policy.maxRetries,
      attempt: this.attempt,
      retried: this.retried,
      crashes: delivery.crashes,
      processedAt: this.processedAt,
      finishedAt: this.finishedAt,
      retryAt: this.retryAt,
      errors: this.errors,
      logs: this.logs,
      progress: this.progress,
      onSuccessIds: this.onSuccessIds,
      onErrorIds: this.onErrorIds,
      dispatched: this.dispatched,
      planId: this.planId,
    };
  }
}
