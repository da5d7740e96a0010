import type { Environment } from '../environment.js';
import type { Settlement } from '../ports/broker.js';
import type { JobRecord, Versioned } from '../ports/record.js';
import type { RecordWrite, Results, WriteReply } from '../ports/results.js';
import type { MemberEnd } from '../workflow/member-end.js';
import type { Workflow } from '../workflow/workflow.js';
import { Consequences } from './consequences.js';
import type { Claim, Settled } from './run.js';
import type { ClaimHolder } from './held-claims.js';
import {
  CONTENDED_MS,
  isRecorded,
  judge,
  judgeAgain,
  type Concluded,
  type Outcome,
} from './judgement.js';
import { goesOnFromOwn } from './lost-confirmation.js';
import { Patience } from './patience.js';
import type { Session } from './session.js';

/** One call to the results carries at most this many. */
const MOST_OUTCOMES = 512;
/** Calls under way at once: the next batch is recorded while what follows the last is dispatched. */
const MOST_BATCHES = 2;

/** Outcomes that the results have answered for, with the answers. */
interface Answered {
  readonly outcomes: readonly Outcome[];
  readonly replies: readonly WriteReply[];
}

export interface RecorderParts {
  readonly results: Results;
  readonly session: Session;
  readonly workflow: Workflow;
  readonly environment: Environment;
  readonly settle: (settled: readonly Settled[]) => void;
  /** An outcome has been recorded. */
  readonly recorded: (outcome: Outcome) => void;
}

/**
 * Brings outcomes home, always in this order: record, dispatch what follows, settle. What the stores
 * refuse to take now is kept and sent again; what follows obeys the stored record, not the handler
 * (rule 2). This is the seam where a joint path of a broker and results on one server plugs in.
 */
export class Recorder implements ClaimHolder {
  readonly #waiting: Outcome[] = [];
  /** Batches on their way: being recorded, or waiting for what follows. */
  readonly #underWay = new Set<readonly { readonly claim: Claim }[]>();
  #batches = 0;
  #unconfirmed = 0;
  #scheduled = false;
  #stopped = false;
  readonly #consequences: Consequences;
  readonly #onQuiet: (() => void)[] = [];

  constructor(private readonly parts: RecorderParts) {
    this.#consequences = new Consequences(parts.workflow, parts.environment);
  }

  /** Outcomes not yet recorded, or not yet handed on for settlement. */
  get unconfirmed(): number {
    return this.#unconfirmed;
  }

  *held(): Iterable<Claim> {
    for (const { claim } of this.#waiting) yield claim;
    for (const batch of this.#underWay) for (const { claim } of batch) yield claim;
  }

  add(outcome: Outcome): void {
    this.#unconfirmed++;
    this.#enqueue(outcome);
  }

  /** For an outcome that goes after earlier writes of its run. */
  async addAfter(written: Promise<void>, claim: Claim, outcome: () => Outcome): Promise<void> {
    this.#unconfirmed++;
    const held = [{ claim }];
    this.#underWay.add(held);
    await written;
    this.#underWay.delete(held);
    this.#enqueue(outcome());
  }

  /** For a job whose outcome was found recorded: sees that all that follows was done, then settles. */
  async redo(claim: Claim, found: Versioned<JobRecord>): Promise<void> {
    this.#unconfirmed++;
    await this.#conclude([{ claim, settlement: ack(claim), followed: found }], 1);
  }

  /** For a member whose id is somebody else's: tells its plan that it failed, then settles. */
  async disown(claim: Claim, end: MemberEnd | undefined): Promise<void> {
    this.#unconfirmed++;
    const held = [{ claim }];
    this.#underWay.add(held);
    let settled: Settled = { claim, settlement: ack(claim) };
    if (end)
      await this.#try(async () => {
        settled = await this.#consequences.tell(settled, end);
      });
    this.#underWay.delete(held);
    await this.#conclude([settled], 1);
  }

  /** For a job whose record another run owns: it comes back when that run may have ended. */
  async leave(claim: Claim): Promise<void> {
    this.#unconfirmed++;
    const { receipt } = claim.delivery;
    await this.#conclude(
      [{ claim, settlement: { kind: 'retry', receipt, delayMs: CONTENDED_MS } }],
      1,
    );
  }

  /** For settlements that were not confirmed when a fresh session took over: the record decides anew. */
  async recheck(settled: readonly Settled[]): Promise<void> {
    this.#unconfirmed += settled.length;
    this.#underWay.add(settled);
    let found: readonly (Versioned | undefined)[] = [];
    await this.#try(async () => {
      found = await this.parts.results.get(settled.map(({ claim }) => claim.delivery.id));
    });
    const now = this.parts.session.now();
    const concluded = settled.map((item, index) => judgeAgain(item, found[index], now));
    this.#underWay.delete(settled);
    await this.#conclude(concluded, settled.length);
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

  #enqueue(outcome: Outcome): void {
    this.#waiting.push(outcome);
    this.#schedule();
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
    this.#underWay.add(batch);
    const { outcomes, replies } = await this.#put(batch);
    const now = this.parts.session.now();
    const concluded: Concluded[] = [];
    for (let index = 0; index < outcomes.length; index++) {
      const outcome = outcomes[index];
      const reply = replies[index];
      if (outcome === undefined || reply === undefined) continue;
      if (isRecorded(outcome, reply)) this.parts.recorded(outcome);
      concluded.push(judge(outcome, reply, now));
    }
    this.#batches--;
    if (this.#waiting.length > 0) this.#schedule();
    const ended = this.#conclude(concluded, batch.length);
    this.#underWay.delete(batch);
    await ended;
  }

  /** Tries until the results have answered. Outcomes of lost claims are dropped on the way. */
  async #put(batch: readonly Outcome[]): Promise<Answered> {
    const { session, environment } = this.parts;
    const patience = new Patience(environment, 'cannot record outcomes, trying again');
    for (;;) {
      // Past its own lease a worker reclaims before it sends anything (rule 14).
      if (!session.live) await session.recover();
      const outcomes = this.#stopped ? [] : batch.filter(({ claim }) => !claim.lost);
      if (outcomes.length === 0) return { outcomes, replies: [] };
      try {
        const replies = await this.#send(outcomes);
        if (!goOnFromOwn(outcomes, replies)) return { outcomes, replies };
      } catch (error) {
        await patience.wait(error);
      }
    }
  }

  #send(outcomes: readonly Outcome[]): Promise<readonly WriteReply[]> {
    const writes: RecordWrite[] = [];
    for (const { record, run } of outcomes) writes.push({ record, expect: run.revision });
    return this.parts.results.put(writes);
  }

  async #conclude(concluded: readonly Concluded[], count: number): Promise<void> {
    this.#underWay.add(concluded);
    let settled: readonly Settled[] = concluded;
    await this.#try(async () => {
      settled = await this.#consequences.follow(concluded);
    });
    this.#underWay.delete(concluded);
    if (this.#stopped) return;
    this.parts.settle(settled);
    this.#unconfirmed -= count;
    if (this.#unconfirmed === 0) for (const resolve of this.#onQuiet.splice(0)) resolve();
  }

  /** What follows has to be there before the claim is settled: until then, again and again. */
  async #try(follow: () => Promise<void>): Promise<void> {
    const patience = new Patience(
      this.parts.environment,
      'cannot see to what follows from outcomes, trying again',
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

/** True when earlier writes of these runs were stored unheard of: then their outcomes are sent again. */
function goOnFromOwn(outcomes: readonly Outcome[], replies: readonly WriteReply[]): boolean {
  const unheard = replies.filter((reply, index) => {
    const run = outcomes[index]?.run;
    return !reply.stored && run !== undefined && goesOnFromOwn(run, reply.current);
  });
  return unheard.length > 0;
}

function ack(claim: Claim): Settlement {
  return { kind: 'ack', receipt: claim.delivery.receipt };
}
