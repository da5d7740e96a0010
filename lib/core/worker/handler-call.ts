import type { Clock } from '../clock.js';
import type { Codec } from '../codec.js';
import { decodeValue, encodeValue } from '../encoded-value.js';
import { NotFoundError, TimeoutError } from '../errors.js';
import type { PrevResult } from '../message/job-terms.js';
import type { Results } from '../ports/results.js';
import { validate } from '../schema-check.js';
import type { TaskEntry } from '../task-entry.js';
import { resultsOfMembers } from '../workflow/prev-results.js';
import type { Run } from './run.js';
import { RunContext, type RunActions } from './run-context.js';

export interface HandlerCallParts {
  readonly codec: Codec;
  readonly clock: Clock;
  readonly results: Results;
  readonly actions: RunActions;
  readonly onStart: (run: Run) => void;
  /** A handler went on after its attempt had ended (1), or has ended at last (-1). */
  readonly onAbandoned: (change: 1 | -1) => void;
}

/** Calls a task's handler: bytes in, bytes out, and the limits of one attempt between. */
export class HandlerCall {
  constructor(private readonly parts: HandlerCallParts) {}

  /** Resolves when the handler has ended well, its result encoded into `run.result`. */
  async make(run: Run, entry: TaskEntry): Promise<void> {
    const { codec, clock } = this.parts;
    let payload = decodeValue(codec, run.body.payload);
    if (entry.payload) payload = await validate(entry.payload, payload, 'payload');
    const { prev } = run.body.terms;
    const context = new RunContext(run, {
      payload,
      prev: prev && (await this.#prevResult(prev)),
      codec,
      actions: this.parts.actions,
    });
    run.context = context;
    // Cancelled, or shut down, while all this was looked up: it does not start.
    if (run.interrupted) throw run.interrupted;
    run.startedAt = clock.elapsed();
    this.parts.onStart(run);
    const answer = entry.run(payload, context);
    let value = isThenable(answer) ? await this.#outcomeOf(run, answer) : answer;
    if (entry.result && value !== undefined) value = await validate(entry.result, value, 'result');
    if (value !== undefined) run.result = encodeValue(codec, value, 'result');
  }

  /** The handler's outcome, or a rejection as soon as the run is abandoned. */
  #outcomeOf(run: Run, answer: PromiseLike<unknown>): Promise<unknown> {
    const outcome = new Promise<unknown>((resolve, reject) => {
      run.onAbandon = (reason) => {
        this.#countAbandoned(answer);
        reject(reason);
      };
      answer.then(resolve, reject);
    });
    const { timeoutMs } = run.policy;
    return timeoutMs === undefined ? outcome : this.#limited(run, outcome, timeoutMs);
  }

  async #limited(run: Run, outcome: Promise<unknown>, timeoutMs: number): Promise<unknown> {
    const cancel = this.parts.clock.timer(timeoutMs, () => {
      run.abandon(new TimeoutError(`the attempt took longer than its ${timeoutMs} ms`));
    });
    try {
      return await outcome;
    } finally {
      cancel();
    }
  }

  #countAbandoned(answer: PromiseLike<unknown>): void {
    const { onAbandoned } = this.parts;
    onAbandoned(1);
    const ended = (): void => onAbandoned(-1);
    answer.then(ended, ended);
  }

  #prevResult(prev: PrevResult): unknown {
    if (prev.kind === 'value') return decodeValue(this.parts.codec, prev.value);
    if (prev.kind === 'values') return this.#decodeAll(prev.values);
    return this.#referred(prev.id);
  }

  async #referred(id: string): Promise<unknown> {
    const { results, codec } = this.parts;
    const [found] = await results.get([id]);
    if (found?.record.kind === 'job' && found.record.result)
      return decodeValue(codec, found.record.result);
    if (found?.record.kind === 'plan') {
      const all = await resultsOfMembers(results, found.record, Infinity);
      if (all.kind === 'values') return this.#decodeAll(all.values);
    }
    throw new NotFoundError(
      `the previous result is gone: '${id}' was deleted, or is past its retention`,
    );
  }

  #decodeAll(values: readonly (Uint8Array | undefined)[]): unknown[] {
    return values.map((value) => value && decodeValue(this.parts.codec, value));
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'then' in value &&
    typeof value.then === 'function'
  );
}
