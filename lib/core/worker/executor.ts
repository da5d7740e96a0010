import type { Environment } from '../environment.js';
import { EncodingError } from '../errors.js';
import { decodeJobBody } from '../message/job-body.js';
import { NewerVersionError } from '../message/frame.js';
import { unreadableBody } from '../message/unreadable-body.js';
import type { Settings } from '../options.js';
import { Policies } from '../policy.js';
import type { Settlement } from '../ports/broker.js';
import type { Results } from '../ports/results.js';
import type { TaskTable } from '../task-table.js';
import type { TracingSlot } from '../tracing.js';
import { planAwaiting } from '../workflow/awaiting-plan.js';
import type { Reopener } from '../workflow/reopener.js';
import { traceAttempt } from './attempt-trace.js';
import type { Beginner, Begun } from './beginner.js';
import { type Claim, Run } from './run.js';
import type { Conclusion } from './conclusion.js';
import type { HandlerCall } from './handler-call.js';
import {
  putBackMs,
  refusalOf,
  refusalOfUnknown,
  type Circumstances,
  type Refusal,
} from './refusal.js';
import type { Session } from './session.js';

/** A job that could not be begun, because the results did not answer, waits this long. */
const UNAVAILABLE_MS = 1_000;

export interface ExecutorParts {
  readonly tasks: TaskTable;
  readonly settings: Settings;
  readonly environment: Environment;
  readonly session: Session;
  readonly results: Results;
  readonly tracing: TracingSlot;
  readonly beginner: Beginner;
  readonly reopener: Reopener;
  readonly handlerCall: HandlerCall;
  readonly conclusion: Conclusion;
  readonly settle: (claim: Claim, settlement: Settlement) => void;
}

/** One claimed job, from its bytes to its outcome: open → begin → call → conclude. */
export class Executor {
  readonly #circumstances: Circumstances;
  readonly #policies: Policies;

  constructor(private readonly parts: ExecutorParts) {
    const { settings, session } = parts;
    this.#policies = new Policies(settings.defaults);
    this.#circumstances = {
      random: parts.environment.random,
      now: () => session.now(),
      maxCrashes: settings.maxCrashes,
      workers: () => session.workers,
    };
  }

  /** What was claimed together is looked up together, before its turn comes. */
  foresee(claims: readonly Claim[]): void {
    this.parts.beginner.foresee(claims);
  }

  /** Frees the claim's slot when the handler has ended, which is before the outcome is recorded. */
  execute(claim: Claim): void {
    let run: Run;
    try {
      run = this.#open(claim);
    } catch (error) {
      void this.#refuseUnreadable(claim, asEncodingError(error));
      return;
    }
    this.#enter(run, refusalOf(run, this.#circumstances));
  }

  #enter(run: Run, refusal: Refusal | undefined): void {
    run.claim.run = run;
    run.starts = refusal === undefined && run.entry !== undefined;
    const { delivery, claim } = run;
    if (delivery.fresh && !claim.suspect) this.#proceed(run, refusal);
    else if (this.parts.beginner.isKnownNew(claim)) this.#proceed(run, refusal);
    else void this.#begin(run, refusal);
  }

  #proceed(run: Run, refusal: Refusal | undefined): void {
    const { conclusion, handlerCall, tracing } = this.parts;
    if (tracing.current) run.trace = traceAttempt(tracing.current, run);
    if (refusal) conclusion.refuse(run, refusal);
    else if (run.entry) handlerCall.make(run, run.entry);
    else void this.#refuseUnknown(run);
  }

  /** Whether another worker may know the task depends on who lives now, not at the last beat. */
  async #refuseUnknown(run: Run): Promise<void> {
    await this.parts.session.countWorkers();
    this.parts.conclusion.refuse(run, refusalOfUnknown(run, this.#circumstances));
  }

  async #begin(run: Run, refusal: Refusal | undefined): Promise<void> {
    const begun = await this.#begun(run);
    if (begun.kind === 'run') {
      this.#proceed(run, refusal);
      return;
    }
    const { claim } = run;
    const { settle, conclusion } = this.parts;
    run.ended = true;
    const { receipt } = run.delivery;
    if (begun.kind === 'early') settle(claim, { kind: 'retry', receipt, delayMs: begun.delayMs });
    else if (begun.kind === 'gone') settle(claim, { kind: 'ack', receipt });
    else if (begun.kind === 'done') conclusion.redo(claim, begun.found);
    else conclusion.disown(run, begun.kind === 'deleted' ? 'cancelled' : 'failed');
    claim.free();
  }

  async #begun(run: Run): Promise<Begun> {
    const { id, planId, delivery } = run;
    try {
      const begun = await this.parts.beginner.begin(run);
      // Whoever retried it by hand may not have come to tell its group or chain.
      if (begun.kind === 'run' && planId !== undefined && delivery.generation > 1)
        await this.parts.reopener.reopen(planId, id, delivery.generation);
      return begun;
    } catch (error) {
      const { log } = this.parts.environment;
      log.warn('cannot begin a job, it goes back for now', { jobId: run.id, error });
      return { kind: 'early', delayMs: UNAVAILABLE_MS };
    }
  }

  #open(claim: Claim): Run {
    const { session, tasks } = this.parts;
    const run = new Run(claim, decodeJobBody(claim.delivery.body));
    run.entry = tasks.get(run.body.task);
    run.policy = this.#policies.of(run.body.terms, run.entry);
    run.processedAt = session.now();
    return run;
  }

  /** Another worker may be able to read it; otherwise the failed list keeps its raw bytes. */
  async #refuseUnreadable(claim: Claim, error: EncodingError): Promise<void> {
    const { session, results, environment } = this.parts;
    const { id, body } = claim.delivery;
    if (error instanceof NewerVersionError && (await session.countWorkers()) > 1) {
      this.#putBack(claim, putBackMs(environment.random));
      return;
    }
    try {
      const planId = await planAwaiting(results, id);
      const run = new Run(claim, unreadableBody(body, session.now(), planId));
      this.#enter(run, { kind: 'fail', error });
    } catch (cause) {
      const { log } = environment;
      log.warn('cannot look up who waits for a job, it goes back for now', { jobId: id, cause });
      this.#putBack(claim, UNAVAILABLE_MS);
    }
  }

  #putBack(claim: Claim, delayMs: number): void {
    this.parts.settle(claim, { kind: 'retry', receipt: claim.delivery.receipt, delayMs });
    claim.free();
  }
}

function asEncodingError(error: unknown): EncodingError {
  return error instanceof EncodingError
    ? error
    : new EncodingError('the message cannot be read', { cause: error });
}
