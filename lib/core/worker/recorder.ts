import type { Environment } from '../environment.js';
import { isFinal } from '../job-status.js';
import type { Settlement } from '../ports/broker.js';
import type { JobRecord, Versioned } from '../ports/record.js';
import type { Results, WriteReply } from '../ports/results.js';
import type { Advancer } from '../workflow/advancer.js';
import { Aftermath } from '../workflow/aftermath.js';
import type { MemberEnd } from '../workflow/member-end.js';
import type { Claim, Settled } from './claim.js';
import { isRecorded, judge, type Concluded, type Outcome } from './judgement.js';
import { Patience } from './patience.js';
import type { Session } from './session.js';

/** One call to the results carries at most this many. */
const MOST_OUTCOMES = 512;
/** Calls under way at once: the next batch is recorded while what follows the last is dispatched. */
const MOST_BATCHES = 2;

export interface RecorderParts {
  readonly results: Results;
  readonly session: Session;
  readonly aftermath: Aftermath;
  readonly advancer: Advancer;
  readonly environment: Environment;
  readonly settle: (settled: readonly Settled[]) => void;
}

/**
 * Brings outcomes home, always in this order: record, dispatch what follows, settle. What the stores
 * refuse to take now is kept and sent again; what follows obeys the stored record, not the handler
 * (rule 2). This is the seam where a joint path of a broker and results on one server plugs in.
 */
export class Recorder {
  readonly #waiting: Outcome[] = [];
  #batches = 0;
  #unconfirmed = 0;
  #scheduled = false;
  #stopped = false;
  readonly #onQuiet: (() => void)[] = [];

  constructor(private readonly parts: RecorderParts) {}

  /** Outcomes not yet recorded. */
  get unconfirmed(): number {
    return this.#unconfirmed;
  }

  add(outcome: Outcome): void {
    this.#waiting.push(outcome);
    this.#unconfirmed++;
    this.#schedule();
  }

  /** For a job whose outcome was found recorded: sees that all that follows was done, then settles. */
  redo(claim: Claim, found: Versioned<JobRecord>): void {
    this.#unconfirmed++;
    void this.#conclude([{ claim, settlement: ack(claim), followed: found }], 1);
  }

  /** For a member whose id is somebody else's: tells its plan that it failed, then settles. */
  async disown(claim: Claim, end: MemberEnd | undefined): Promise<void> {
    this.#unconfirmed++;
    if (end) await this.#try(() => this.parts.advancer.advance([end]));
    await this.#conclude([{ claim, settlement: ack(claim) }], 1);
  }

  /** Once every outcome is recorded and handed on for settlement. */
  quiet(): Promise<void> {
    if (this.#unconfirmed === 0) return Promise.resolve();
    return new Promise((resolve) => void this.#onQuiet.push(resolve));
  }

  /** Gives up on what the stores have not taken: its claims lapse with the session, and run again. */
  stop(): void {
    this.#stopped = true;
  }

  #schedule(): void {
    if (this.#scheduled || this.#batches >= MOST_BATCHES) return;
    this.#scheduled = true;
    process.nextTick(this.#flush);
  }

  readonly #flush = (): void => {
    this.#scheduled = false;
    while (this.#waiting.length > 0 && this.#batches < MOST_BATCHES) {
      this.#batches++;
      void this.#recordBatch(this.#waiting.splice(0, MOST_OUTCOMES));
    }
  };

  async #recordBatch(batch: readonly Outcome[]): Promise<void> {
    const outcomes = await this.#stored(batch);
    const now = this.parts.session.now();
    const concluded: Concluded[] = [];
    for (const { outcome, reply } of outcomes) {
      if (isRecorded(outcome, reply)) outcome.onRecorded?.();
      concluded.push(judge(outcome, reply, now));
    }
    this.#batches--;
    if (this.#waiting.length > 0) this.#schedule();
    await this.#conclude(concluded, batch.length);
  }

  /** Tries until the results have answered. Outcomes of lost claims are dropped on the way. */
  async #stored(batch: readonly Outcome[]): Promise<{ outcome: Outcome; reply: WriteReply }[]> {
    const { results, session, environment } = this.parts;
    const patience = new Patience(environment, 'cannot record outcomes, trying again');
    for (let open = batch; ;) {
      // Past its own lease a worker reclaims before it sends anything (rule 14).
      if (!session.live) await session.recover();
      open = this.#stopped ? [] : open.filter(({ claim }) => !claim.lost);
      if (open.length === 0) return [];
      try {
        const writes = open.map(({ record, run }) => ({ record, expect: run.revision }));
        const replies = await results.put(writes);
        return open.flatMap((outcome, index) => {
          const reply = replies[index];
          return reply ? [{ outcome, reply }] : [];
        });
      } catch (error) {
        await patience.wait(error);
      }
    }
  }

  async #conclude(concluded: readonly Concluded[], count: number): Promise<void> {
    const due = concluded.flatMap(({ followed }) =>
      followed && isFinal(followed.record.status) && !Aftermath.isNone(followed.record)
        ? [followed]
        : [],
    );
    if (due.length > 0) await this.#try(() => this.parts.aftermath.follow(due));
    if (this.#stopped) return;
    this.parts.settle(concluded);
    this.#unconfirmed -= count;
    if (this.#unconfirmed === 0) for (const resolve of this.#onQuiet.splice(0)) resolve();
  }

  /** What follows has to be there before the claim is settled: until then, again and again. */
  async #try(follow: () => Promise<void>): Promise<void> {
    const patience = new Patience(
      this.parts.environment,
      'cannot dispatch what follows from outcomes, trying again',
    );
    while (!this.#stopped) {
      try {
        await follow();
        return;
      } catch (error) {
        await patience.wait(error);
      }
    }
  }
}

function ack(claim: Claim): Settlement {
  return { kind: 'ack', receipt: claim.delivery.receipt };
}
