import type { Environment } from '../environment.js';
import { EncodingError } from '../errors.js';
import { decodeJobBody } from '../message/job-body.js';
import { NewerVersionError } from '../message/frame.js';
import type { Settings } from '../options.js';
import { Policies } from '../policy.js';
import type { Settlement } from '../ports/broker.js';
import type { TaskEntry } from '../task-entry.js';
import type { TaskTable } from '../task-table.js';
import type { Beginner, Begun } from './beginner.js';
import type { Claim } from './claim.js';
import type { Conclusion } from './conclusion.js';
import type { HandlerCall } from './handler-call.js';
import {
  PUT_BACK_MS,
  refusalOf,
  refusalOfUnknown,
  type Circumstances,
  type Refusal,
} from './refusal.js';
import { Run } from './run.js';
import type { Session } from './session.js';

/** A job that could not be begun, because the results did not answer, waits this long. */
const UNAVAILABLE_MS = 1_000;

export interface ExecutorParts {
  readonly tasks: TaskTable;
  readonly settings: Settings;
  readonly environment: Environment;
  readonly session: Session;
  readonly beginner: Beginner;
  readonly handlerCall: HandlerCall;
  readonly conclusion: Conclusion;
  readonly settle: (claim: Claim, settlement: Settlement) => void;
}

/** One claimed job, from its bytes to its outcome: open → begin → call → conclude. */
export class Executor {
  readonly #circumstances: Circumstances;
  readonly #policies: Policies;

  constructor(private readonly parts: ExecutorParts) {
    const { settings, session, tasks } = parts;
    this.#policies = new Policies(settings.defaults);
    this.#circumstances = {
      now: () => session.now(),
      maxCrashes: settings.maxCrashes,
      workers: () => session.workers,
      knownTasks: () => tasks.names(),
    };
  }

  /** Resolves when the slot is free, which is before the outcome is recorded. Never rejects. */
  execute(claim: Claim): Promise<void> {
    const run = this.#open(claim);
    if (run === undefined) return Promise.resolve();
    claim.run = run;
    const refusal = refusalOf(run, this.#circumstances);
    run.starts = refusal === undefined && run.entry !== undefined;
    if (run.delivery.fresh && run.starts && run.entry) return this.#call(claim, run, run.entry);
    return this.#beginAndCall(claim, run, refusal);
  }

  async #beginAndCall(claim: Claim, run: Run, refusal: Refusal | undefined): Promise<void> {
    if (!run.delivery.fresh && !(await this.#begin(claim, run))) return;
    const { conclusion } = this.parts;
    if (refusal) conclusion.refuse(claim, run, refusal);
    else if (run.entry === undefined)
      conclusion.refuse(claim, run, refusalOfUnknown(run, this.#circumstances));
    else await this.#call(claim, run, run.entry);
  }

  #call(claim: Claim, run: Run, entry: TaskEntry): Promise<void> {
    const { handlerCall, conclusion } = this.parts;
    return handlerCall.make(run, entry).then(
      () => conclusion.succeed(claim, run),
      (error: unknown) => conclusion.fail(claim, run, error),
    );
  }

  #open(claim: Claim): Run | undefined {
    const { delivery } = claim;
    const { session, tasks } = this.parts;
    try {
      const run = new Run(delivery, decodeJobBody(delivery.body));
      run.entry = tasks.get(run.body.task);
      run.policy = this.#policies.of(run.body.terms, run.entry);
      run.processedAt = session.now();
      return run;
    } catch (error) {
      const receipt = delivery.receipt;
      if (error instanceof NewerVersionError && session.workers > 1)
        this.parts.settle(claim, { kind: 'retry', receipt, delayMs: PUT_BACK_MS });
      else this.parts.conclusion.bury(claim, asEncodingError(error));
      return undefined;
    }
  }

  /** True when the run may go on; otherwise the claim has been dealt with. */
  async #begin(claim: Claim, run: Run): Promise<boolean> {
    let begun: Begun;
    try {
      begun = await this.parts.beginner.begin(run);
    } catch (error) {
      this.parts.environment.log.warn('cannot begin a job, it goes back for now', {
        jobId: run.id,
        error,
      });
      begun = { kind: 'early', delayMs: UNAVAILABLE_MS };
    }
    const { receipt } = claim.delivery;
    if (begun.kind === 'run') return true;
    run.ended = true;
    if (begun.kind === 'early')
      this.parts.settle(claim, { kind: 'retry', receipt, delayMs: begun.delayMs });
    else if (begun.kind === 'gone') this.parts.settle(claim, { kind: 'ack', receipt });
    else if (begun.kind === 'done') this.parts.conclusion.redo(claim, begun.found);
    else this.parts.conclusion.disown(claim, run);
    return false;
  }
}

function asEncodingError(error: unknown): EncodingError {
  return error instanceof EncodingError
    ? error
    : new EncodingError('the message cannot be read', { cause: error });
}
