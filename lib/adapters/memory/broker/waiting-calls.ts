import type { Clock } from '../../../core/clock.js';
import type { Delivery, QueueClaim, WorkRequest } from '../../../core/ports/broker.js';
import { Alarm } from './alarm.js';
import type { ClaimDesk } from './claim-desk.js';
import type { Messages } from './messages.js';
import type { Session } from './session.js';

interface Call {
  readonly session: Session;
  readonly claims: readonly QueueClaim[];
  readonly answer: (deliveries: readonly Delivery[]) => void;
  readonly fail: (error: Error) => void;
}

/**
 * `work` calls that found nothing and wait. What comes in goes to the one that has waited longest
 * on its queue, and this one claims at once all that it can take.
 */
export class WaitingCalls {
  /** In the order in which they came. */
  readonly #byQueue = new Map<string, Set<Call>>();
  /** Rings when something comes due for one of them. */
  readonly #alarm: Alarm;

  constructor(
    private readonly messages: Messages,
    private readonly desk: ClaimDesk,
    private readonly clock: Clock,
  ) {
    this.#alarm = new Alarm(clock, () => {
      for (const queue of this.#byQueue.keys()) this.#serveQueue(queue);
    });
  }

  /** Resolves with what it was given, or with nothing once its time is up; rejects as told by `end`. */
  async wait(session: Session, request: WorkRequest): Promise<readonly Delivery[]> {
    const { waitMs, signal } = request;
    const claims = request.claims.filter(({ slots, ahead }) => slots + ahead > 0);
    if (claims.length === 0 || waitMs <= 0 || signal?.aborted === true) return [];
    return new Promise((resolve, reject) => {
      const finish = (): void => {
        cancelTimer();
        signal?.removeEventListener('abort', giveUp);
        this.#remove(call);
      };
      const call: Call = {
        session,
        claims,
        answer(deliveries) {
          finish();
          resolve(deliveries);
        },
        fail(error) {
          finish();
          reject(error);
        },
      };
      const giveUp = (): void => call.answer([]);
      const cancelTimer = this.clock.timer(waitMs, giveUp);
      signal?.addEventListener('abort', giveUp);
      this.#add(call);
    });
  }

  /** Gives out what has come in since this was last called. */
  serve(): void {
    for (const { name } of this.messages.takeFilled()) this.#serveQueue(name);
  }

  /** Queues among these on which another session waits. */
  wanted(session: Session, claims: readonly QueueClaim[]): readonly string[] {
    const wanted: string[] = [];
    for (const { queue } of claims) {
      const calls = this.#byQueue.get(queue);
      if (calls && [...calls].some((call) => call.session !== session)) wanted.push(queue);
    }
    return wanted;
  }

  /** Ends the waiting of one session, or of all: empty, or with an error. */
  end(session?: Session, error?: Error): void {
    const calls = new Set([...this.#byQueue.values()].flatMap((waiting) => [...waiting]));
    for (const call of calls) {
      if (session !== undefined && call.session !== session) continue;
      if (error === undefined) call.answer([]);
      else call.fail(error);
    }
  }

  #serveQueue(name: string): void {
    const calls = this.#byQueue.get(name);
    if (calls === undefined) return;
    const now = this.clock.now();
    for (const call of calls) {
      if (this.messages.queue(name)?.ready(now) !== true) break;
      call.answer(this.desk.claim(call.session, call.claims, now));
    }
    if (calls.size > 0) this.#alarm.set(this.messages.queue(name)?.nextDueAt ?? Infinity);
  }

  #add(call: Call): void {
    for (const { queue } of call.claims) {
      const calls = this.#byQueue.get(queue) ?? new Set();
      this.#byQueue.set(queue, calls.add(call));
      this.#alarm.set(this.messages.queue(queue)?.nextDueAt ?? Infinity);
    }
  }

  #remove(call: Call): void {
    for (const { queue } of call.claims) {
      const calls = this.#byQueue.get(queue);
      calls?.delete(call);
      if (calls?.size === 0) this.#byQueue.delete(queue);
    }
    if (this.#byQueue.size === 0) this.#alarm.stop();
  }
}
