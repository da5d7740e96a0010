import { asError } from '../error-shape.js';
import type { EventBus, TasqueueEventName } from '../events.js';
import type { Log } from '../log.js';
import type { CallbackKind } from '../task-entry.js';
import { isThenable } from '../thenable.js';
import type { JobContext } from '../job-context.js';
import type { Outcome } from './judgement.js';
import { inOwnContext } from './own-context.js';
import type { Run } from './run.js';

const CALLBACKS = { successful: 'success', retrying: 'retrying', failed: 'failed' } as const;

/** Tells of a job's transitions: the task's callbacks, the events, and the log for failures. */
export class Transitions {
  constructor(
    private readonly events: EventBus,
    private readonly log: Log,
    private readonly now: () => number,
    /** Of a run whose handler was never called. */
    private readonly contextOf: (run: Run) => JobContext,
  ) {}

  processing(run: Run): void {
    if (run.trace) run.trace.within(() => this.#processing(run));
    else this.#processing(run);
  }

  /** Most jobs succeed unheard: they do without a context. */
  recorded(outcome: Outcome): void {
    if (!this.#isHeard(outcome)) return;
    const { trace } = outcome.run;
    // Where outcomes are recorded together, this would be the context of any of them.
    inOwnContext(() => {
      if (trace) trace.within(() => this.#recorded(outcome));
      else this.#recorded(outcome);
    });
  }

  #isHeard({ run: { entry }, transition, error }: Outcome): boolean {
    if (error !== undefined || this.events.heard) return true;
    return transition !== 'released' && (entry?.callbacks[CALLBACKS[transition]].length ?? 0) > 0;
  }

  #processing(run: Run): void {
    this.#tell(run, 'processing');
    this.#emit(run, 'processing');
  }

  #recorded({ run, transition, error }: Outcome): void {
    if (error && transition === 'failed') this.log.error('job failed', fieldsOf(run, error));
    if (error && transition === 'retrying')
      this.log.warn('job failed, it will be retried', fieldsOf(run, error));
    if (transition !== 'released') this.#tell(run, CALLBACKS[transition], error);
    this.#emit(run, transition, error);
  }

  leaseLost(run: Run): void {
    this.log.warn('lost the lease of a job, its outcome here is dropped', fieldsOf(run));
    this.#emit(run, 'lease-lost');
  }

  #tell(run: Run, kind: CallbackKind, error?: Error): void {
    const { entry } = run;
    if (entry === undefined) return;
    for (const callback of entry.callbacks[kind]) {
      const ctx = (run.context ??= this.contextOf(run));
      try {
        const answer = callback(ctx, error);
        if (isThenable(answer))
          answer.then(undefined, (thrown: unknown) => this.#callbackFailed(run, kind, thrown));
      } catch (thrown) {
        this.#callbackFailed(run, kind, thrown);
      }
    }
  }

  #callbackFailed(run: Run, kind: CallbackKind, error: unknown): void {
    this.log.error(
      `a callback on '${kind}' threw; the job is unaffected`,
      fieldsOf(run, asError(error)),
    );
  }

  #emit(run: Run, name: TasqueueEventName, error?: Error): void {
    if (!this.events.heard) return;
    const now = this.now();
    this.events.emit({
      name,
      jobId: run.id,
      task: run.body.task,
      queue: run.delivery.queue,
      at: new Date(now),
      status: run.status,
      attempt: run.attempt,
      waitedMs: name === 'processing' ? Math.max(0, now - run.delivery.dueAt) : undefined,
      durationMs: run.durationMs,
      // As recorded: an error's own getters may throw.
      error: error && run.errors.at(-1)?.message,
    });
  }
}

function fieldsOf(run: Run, error?: Error) {
  return {
    jobId: run.id,
    task: run.body.task,
    queue: run.delivery.queue,
    attempt: run.attempt,
    ...(error && { error }),
  };
}
