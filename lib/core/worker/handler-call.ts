import type { Clock } from '../clock.js';
import type { Codec } from '../codec.js';
import { decodeValue, encodeValue } from '../encoded-value.js';
import { TimeoutError } from '../errors.js';
import { validate } from '../schema-check.js';
import { isThenable } from '../thenable.js';
import type { TaskEntry } from '../task-entry.js';
import type { Conclusion } from './conclusion.js';
import type { PrevDecoder } from '../workflow/prev-decoder.js';
import type { Run } from './run.js';
import { RunContext, type RunActions } from './run-context.js';

export interface HandlerCallParts {
  readonly codec: Codec;
  readonly clock: Clock;
  readonly prev: PrevDecoder;
  readonly actions: RunActions;
  readonly conclusion: Conclusion;
  readonly onStart: (run: Run) => void;
  /** A handler went on after its attempt had ended (1), or has ended at last (-1). */
  readonly onAbandoned: (change: 1 | -1) => void;
}

/**
 * Calls a task's handler: bytes in, bytes out, and the limits of one attempt between. Written with
 * callbacks because every job passes here: a promise of our own per job would cost as much as the
 * rest of the engine.
 */
export class HandlerCall {
  constructor(private readonly parts: HandlerCallParts) {}

  /** Concludes the run when the handler has ended, or at once when it cannot be called. */
  make(run: Run, entry: TaskEntry): void {
    const { prev } = run.body.terms;
    try {
      const payload = decodeValue(this.parts.codec, run.body.payload);
      if (prev === undefined && entry.payload === undefined)
        this.#start(run, entry, new RunContext(run, this.parts, payload, undefined));
      else {
        this.#limit(run);
        void this.#prepare(run, entry, payload);
      }
    } catch (error) {
      this.#fail(run, error);
    }
  }

  async #prepare(run: Run, entry: TaskEntry, payload: unknown): Promise<void> {
    const { prev } = run.body.terms;
    try {
      const valid = entry.payload ? await validate(entry.payload, payload, 'payload') : payload;
      const before = prev && (await this.parts.prev.decode(prev));
      this.#start(run, entry, new RunContext(run, this.parts, valid, before));
    } catch (error) {
      this.#fail(run, error);
    }
  }

  #start(run: Run, entry: TaskEntry, context: RunContext): void {
    // Cancelled, or shut down, while its payload was looked up: it does not start.
    if (run.interrupted) throw run.interrupted;
    run.context = context;
    run.startedAt = this.parts.clock.elapsed();
    this.parts.onStart(run);
    const answer = run.trace
      ? run.trace.within(() => entry.run(context.payload, context))
      : entry.run(context.payload, context);
    if (!isThenable(answer)) return this.#answered(run, entry, answer);
    if (run.onAbandon === undefined) this.#limit(run);
    answer.then(
      (value) => this.#answered(run, entry, value),
      (error: unknown) => this.#fail(run, error),
    );
  }

  /** From here on the run may be abandoned: its slot is free then, whatever the handler does. */
  #limit(run: Run): void {
    run.onAbandon = this.#abandon;
    const { timeoutMs } = run.policy;
    if (timeoutMs === undefined) return;
    run.cancelTimeout = this.parts.clock.timer(timeoutMs, () => {
      run.abandon(new TimeoutError(`the attempt took longer than its ${timeoutMs} ms`));
    });
  }

  readonly #abandon = (run: Run, reason: Error): void => {
    this.parts.onAbandoned(1);
    this.parts.conclusion.fail(run, reason);
  };

  #answered(run: Run, entry: TaskEntry, value: unknown): void {
    if (run.ended) this.parts.onAbandoned(-1);
    else if (entry.result && value !== undefined) void this.#checkResult(run, entry, value);
    else this.#succeed(run, value);
  }

  async #checkResult(run: Run, entry: TaskEntry, value: unknown): Promise<void> {
    try {
      const valid = entry.result && (await validate(entry.result, value, 'result'));
      if (run.ended) this.parts.onAbandoned(-1);
      else this.#succeed(run, valid);
    } catch (error) {
      this.#fail(run, error);
    }
  }

  #succeed(run: Run, value: unknown): void {
    try {
      if (value !== undefined) run.result = encodeValue(this.parts.codec, value, 'result');
    } catch (error) {
      return this.#fail(run, error);
    }
    this.parts.conclusion.succeed(run);
  }

  #fail(run: Run, error: unknown): void {
    if (run.ended) this.parts.onAbandoned(-1);
    else this.parts.conclusion.fail(run, error);
  }
}
