import type { RetryContext } from '../backoff.js';
import type { Environment } from '../environment.js';
import { asError, describeError } from '../error-shape.js';
import { LeaseLostError, TimeoutError, UnknownTaskError } from '../errors.js';
import type { Settlement } from '../ports/broker.js';
import type { JobRecord, RunError, Versioned } from '../ports/record.js';
import { followUpIds } from '../workflow/follow-ups.js';
import type { Claim, Run } from './run.js';
import type { OutcomeTransition } from './judgement.js';
import type { Recorder } from './recorder.js';
import type { Refusal } from './refusal.js';
import type { RunNotes } from './run-notes.js';
import type { Session } from './session.js';
import type { Transitions } from './transitions.js';
import { verdictOn } from './verdict.js';

/** What a transition leaves on record. */
const STATUS = {
  successful: 'successful',
  failed: 'failed',
  retrying: 'retrying',
  released: 'queued',
} as const;

export interface ConclusionParts {
  readonly environment: Environment;
  readonly session: Session;
  readonly recorder: Recorder;
  readonly notes: RunNotes;
  readonly transitions: Transitions;
}

/** Turns the end of an attempt into its outcome, and hands that to the recorder. */
export class Conclusion {
  constructor(private readonly parts: ConclusionParts) {}

  succeed(run: Run): void {
    this.#end(run);
    const { onSuccess } = run.body.terms;
    if (onSuccess && run.onSuccessIds.length === 0) {
      run.onSuccessIds = followUpIds(run.owner, 'success', onSuccess);
      run.dispatched = false;
    }
    this.#finish(run, 'successful', undefined);
  }

  fail(run: Run, thrown: unknown): void {
    this.#end(run);
    if (run.claim.lost || run.interrupted instanceof LeaseLostError) return this.#leave(run);
    const error = asError(thrown);
    const failure = {
      thrown,
      error,
      interrupt: run.interrupted instanceof TimeoutError ? undefined : run.interrupted,
      retried: run.retried,
    };
    const verdict = verdictOn(failure, run.policy, this.#retryContext(run));
    if (verdict.kind === 'released') return this.#release(run);
    run.addError(this.#runError(run, thrown));
    if (verdict.kind === 'failed') return this.#fail(run, error);
    if (verdict.usesRetry) run.retried++;
    this.#retry(run, verdict.delayMs, error);
  }

  /** It was never started. */
  refuse(run: Run, refusal: Refusal): void {
    this.#end(run);
    if (!run.delivery.redelivered && run.revision === 0) run.attempt = 0;
    const { error } = refusal;
    // Put back over and over, it says so once: `at` then tells since when.
    if (!(error instanceof UnknownTaskError && run.errors.at(-1)?.message === error.message))
      run.addError(this.#runError(run, error));
    if (refusal.kind === 'fail') this.#fail(run, error);
    else this.#retry(run, refusal.delayMs, error);
  }

  /** Its outcome was recorded before: what follows is seen to, once more. */
  redo(claim: Claim, found: Versioned<JobRecord>): void {
    void this.parts.recorder.redo(claim, found);
  }

  /** It was deleted, or its id is somebody else's: the plan that waits for it must not wait for ever (rule 11). */
  disown(run: Run, status: 'cancelled' | 'failed'): void {
    const { planId, id: memberId } = run;
    // Who deleted it has told the plan how it ended, perhaps well: that must stand, this counts less.
    const generation = run.delivery.generation - (status === 'cancelled' ? 1 : 0);
    const chain = run.body.terms.groupId === undefined;
    const end = planId === undefined ? undefined : { planId, memberId, generation, status, chain };
    void this.parts.recorder.disown(run.claim, end);
  }

  /** Another run has the job. Where that one has no claim, this one's brings it back to find out how it ended. */
  #leave(run: Run): void {
    run.trace?.ended('lease-lost', run.interrupted);
    this.parts.transitions.leaseLost(run);
    if (!run.claim.lost) void this.parts.recorder.leave(run.claim);
  }

  #fail(run: Run, error: Error): void {
    const { onError } = run.body.terms;
    if (onError && run.onErrorIds.length === 0) {
      run.onErrorIds = followUpIds(run.owner, 'error', onError);
      run.dispatched = false;
    }
    this.#finish(run, 'failed', error);
  }

  #finish(run: Run, status: 'successful' | 'failed', error: Error | undefined): void {
    run.finishedAt = this.parts.session.now();
    this.#record(run, { kind: 'ack', receipt: run.delivery.receipt }, status, error);
  }

  #retry(run: Run, delayMs: number, error: Error): void {
    const { receipt } = run.delivery;
    run.retryAt = this.parts.session.now() + delayMs;
    run.result = undefined;
    this.#record(run, { kind: 'retry', receipt, delayMs }, 'retrying', error);
  }

  /** Interrupted by shutdown: back to its queue, with its retries untouched. */
  #release(run: Run): void {
    const { receipt } = run.delivery;
    run.result = undefined;
    this.#record(run, { kind: 'release', receipt, started: true }, 'released', undefined);
  }

  #record(
    run: Run,
    settlement: Settlement,
    transition: OutcomeTransition,
    error: Error | undefined,
  ): void {
    const { recorder, notes } = this.parts;
    run.trace?.ended(transition, error);
    const { claim } = run;
    if (run.writing === undefined) {
      const record = run.toRecord(STATUS[transition]);
      return recorder.add({ claim, run, record, settlement, transition, error });
    }
    // What the run has noted is on its way: the outcome goes after it.
    void recorder.addAfter(notes.settled(run), claim, () => {
      const record = run.toRecord(STATUS[transition]);
      return { claim, run, record, settlement, transition, error };
    });
  }

  #end(run: Run): void {
    run.ended = true;
    run.cancelTimeout?.();
    if (run.context) run.durationMs = this.parts.environment.clock.elapsed() - run.startedAt;
    run.claim.free();
  }

  #retryContext(run: Run): RetryContext {
    const { random, log } = this.parts.environment;
    return {
      fraction: () => random.fraction(),
      report: (problem, error) => log.warn(`task '${run.body.task}': ${problem}`, { error }),
    };
  }

  #runError(run: Run, thrown: unknown): RunError {
    const { host, pid } = this.parts.environment;
    return {
      attempt: run.attempt,
      at: this.parts.session.now(),
      ...describeError(thrown),
      ...(run.context && { startedAt: run.processedAt, worker: `${host}:${pid}` }),
    };
  }
}
