import { attemptError } from '../attempt-error.js';
import type { Clock } from '../clock.js';
import {
  BrokerUnavailableError,
  CancelledError,
  ClosedError,
  InvalidStateError,
  JobFailedError,
  NotFoundError,
  ResultsUnavailableError,
  TimeoutError,
} from '../errors.js';
import { isFinal, type FinalStatus } from '../job-status.js';
import type { JobRecord, PlanRecord, RunError } from '../ports/record.js';
import type { Results } from '../ports/results.js';
import { chainStatus, currentStep, groupStatus } from '../workflow/plan-state.js';
import { Alarm } from './alarm.js';
import type { Found } from './finder.js';
import type { Reader } from './reader.js';

/** A wake-up may be lost with a connection: look again after this long at the latest. */
const RECHECK_MS = 2_000;

/** Waits for the outcome of a job, group or chain. Woken by the results store, not by polling. */
export class Awaiter {
  readonly #alarms = new Set<Alarm>();
  #closed = false;

  constructor(
    private readonly reader: Reader,
    private readonly results: Results,
    private readonly clock: Clock,
  ) {}

  /**
   * Rejects with JobFailedError, CancelledError, NotFoundError (deleted), TimeoutError or ClosedError.
   * Stores that are out of reach for a while are borne with. `ready`: once they may be asked.
   */
  async result(id: string, timeoutMs: number, ready?: Promise<void>): Promise<unknown> {
    const trouble: { last?: unknown } = {};
    const alarm = new Alarm(this.clock, timeoutMs, () => {
      const message = `'${id}' has no outcome after ${timeoutMs} ms; it goes on all the same`;
      return new TimeoutError(message, { cause: trouble.last });
    });
    this.#alarms.add(alarm);
    let unwatch = (): void => {};
    try {
      if (ready) await alarm.orFailure(ready);
      // Watch first, look second: what ends in between is not missed.
      unwatch = this.results.watch(id, alarm.wake);
      for (;;) {
        try {
          const ended = await this.#look(id, alarm);
          if (ended) return ended.value;
          delete trouble.last;
        } catch (error) {
          if (!isOutOfReach(error)) throw error;
          trouble.last = error;
        }
        if (this.#closed) throw closed();
        await alarm.sleep(RECHECK_MS);
      }
    } finally {
      unwatch();
      alarm.cancel();
      this.#alarms.delete(alarm);
    }
  }

  /** Ends all waits, and those to come: with the workers gone they would hold the shutdown up. */
  close(): void {
    this.#closed = true;
    for (const alarm of this.#alarms) alarm.fail(closed());
  }

  /** Undefined while it has not ended. */
  async #look(id: string, alarm: Alarm): Promise<{ readonly value: unknown } | undefined> {
    const found = await alarm.orFailure(this.reader.find(id));
    const status = statusOf(found, id);
    if (!isFinal(status)) return undefined;
    return { value: await alarm.orFailure(this.#outcome(id, found, status)) };
  }

  async #outcome(id: string, found: Found | undefined, status: FinalStatus): Promise<unknown> {
    if (status === 'successful') return this.reader.result(id);
    if (status === 'cancelled') throw new CancelledError(`'${id}' was cancelled`);
    const [failedId, errors] = await this.#failure(id, found);
    throw new JobFailedError(
      failedId,
      errors.map(attemptError),
      `'${id}' failed because '${failedId}' did not succeed`,
    );
  }

  /** The job whose failure it was: its own, a member's, or the current step's. */
  async #failure(
    id: string,
    found: Found | undefined,
  ): Promise<readonly [string, readonly RunError[]]> {
    if (found?.kind === 'job') return [id, found.record.errors];
    if (found?.kind !== 'plan') return [id, []];
    const culprit = culpritOf(found.plan, found.form);
    if (culprit === undefined) return [id, []];
    return this.#failure(culprit, await this.reader.find(culprit));
  }
}

function isOutOfReach(error: unknown): boolean {
  return error instanceof BrokerUnavailableError || error instanceof ResultsUnavailableError;
}

function closed(): ClosedError {
  return new ClosedError(
    'the application is shutting down; the job goes on, ask for it by its id later',
  );
}

function culpritOf(plan: PlanRecord, form: 'group' | 'chain'): string | undefined {
  const index = form === 'group' ? plan.marks.indexOf('failed') : currentStep(plan);
  return plan.memberIds[index];
}

function statusOf(found: Found | undefined, id: string): JobRecord['status'] {
  if (found === undefined || (found.kind === 'job' && found.record.deleting))
    throw new NotFoundError(`'${id}' is gone: it was deleted, or is past its retention`);
  if (found.kind === 'job') return found.record.status;
  if (found.kind === 'plan')
    return found.form === 'group' ? groupStatus(found.plan) : chainStatus(found.plan);
  if (found.message.kind === 'schedule')
    throw new InvalidStateError(
      `'${id}' is a schedule, it has no result: ask for one of its runs, '${id}:<slot as ISO instant>'`,
    );
  return 'queued';
}
