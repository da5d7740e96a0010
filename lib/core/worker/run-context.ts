import { attemptError } from '../attempt-error.js';
import { decodeOrRaw, decodeValue } from '../encoded-value.js';
import { JobContext } from '../job-context.js';
import type { JobMessage } from '../job-message.js';
import type { Codec } from '../codec.js';
import { inlineValueOf } from '../workflow/prev-decoder.js';
import type { Run } from './run.js';

/** What a running handler may ask of the engine. */
export interface RunActions {
  save(run: Run, value: unknown): Promise<void>;
  progress(run: Run, value: unknown): Promise<void>;
  log(run: Run, line: string): void;
}

interface RunContextParts {
  readonly codec: Codec;
  readonly actions: RunActions;
}

const NO_HEADERS: Readonly<Record<string, string>> = Object.freeze({});

/** A run as its handler sees it. Everything is read from the run when asked for. */
export class RunContext extends JobContext {
  readonly #run: Run;
  readonly #parts: RunContextParts;

  constructor(
    run: Run,
    parts: RunContextParts,
    readonly payload: unknown,
    readonly prevJobResult: unknown,
  ) {
    super();
    this.#run = run;
    this.#parts = parts;
  }

  /** For those who are told of a job whose handler was never called. */
  static ofUnstarted(run: Run, parts: RunContextParts): RunContext {
    const { payload, terms } = run.body;
    const { codec } = parts;
    const prev = terms.prev && inlineValueOf(codec, terms.prev);
    return new RunContext(run, parts, decodeOrRaw(codec, payload), prev);
  }

  get id(): string {
    return this.#run.id;
  }
  get task(): string {
    return this.#run.body.task;
  }
  get queue(): string {
    return this.#run.delivery.queue;
  }
  get status(): JobMessage['status'] {
    return this.#run.status;
  }
  get maxRetries(): number {
    return this.#run.policy.maxRetries;
  }
  get retried(): number {
    return this.#run.retried;
  }
  get attempt(): number {
    return this.#run.attempt;
  }
  get crashes(): number {
    return this.#run.delivery.crashes;
  }
  get prevError(): string | undefined {
    return this.#run.errors.at(-1)?.message;
  }
  get priority(): number {
    return this.#run.delivery.priority;
  }
  get headers(): Readonly<Record<string, string>> {
    return this.#run.body.terms.headers ?? NO_HEADERS;
  }
  get enqueuedAt(): Date {
    return new Date(this.#run.body.enqueuedAt);
  }
  get eta(): Date | undefined {
    return dateOf(this.#run.retryAt ?? this.#run.body.terms.eta);
  }
  get processedAt(): Date | undefined {
    return dateOf(this.#run.processedAt);
  }
  get finishedAt(): Date | undefined {
    return dateOf(this.#run.finishedAt);
  }
  get expiresAt(): Date | undefined {
    return dateOf(this.#run.body.terms.expiresAt);
  }
  get timeout(): number | undefined {
    return this.#run.policy.timeoutMs;
  }
  get schedule(): string | undefined {
    return undefined;
  }
  get scheduleId(): string | undefined {
    return this.#run.body.terms.scheduleId;
  }
  get onSuccessIds(): string[] {
    return [...this.#run.onSuccessIds];
  }
  get onErrorIds(): string[] {
    return [...this.#run.onErrorIds];
  }
  get groupId(): string | undefined {
    return this.#run.body.terms.groupId;
  }
  get chainId(): string | undefined {
    return this.#run.body.terms.chainId;
  }
  get lastProgress(): unknown {
    return this.#run.progress && decodeValue(this.#parts.codec, this.#run.progress);
  }
  get logs(): string[] {
    return [...this.#run.logs];
  }
  get errors(): JobMessage['errors'] {
    return this.#run.errors.map(attemptError);
  }
  get signal(): AbortSignal {
    return this.#run.signal;
  }

  save(value: unknown): Promise<void> {
    return this.#parts.actions.save(this.#run, value);
  }
  progress(value: unknown): Promise<void> {
    return this.#parts.actions.progress(this.#run, value);
  }
  log(line: string): void {
    this.#parts.actions.log(this.#run, line);
  }
}

function dateOf(at: number | undefined): Date | undefined {
  return at === undefined ? undefined : new Date(at);
}
