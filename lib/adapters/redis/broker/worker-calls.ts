import { crashDelayMs } from '../../../core/lease.js';
import { LeaseLostError } from '../../../core/errors.js';
import type {
  BeatReply,
  ReclaimRequest,
  SessionInfo,
  WorkReply,
  WorkRequest,
} from '../../../core/ports/broker.js';
import { Packer } from '../scripts/packer.js';
import { Script } from '../scripts/script.js';
import type { BrokerServer } from './broker-server.js';
import type { QueueNumbers } from './queue-numbers.js';
import { readReceipt } from './receipts.js';
import { integer, list, text } from '../scripts/reply.js';
import { writeSession } from './session-text.js';
import { WaitingCall } from './waiting-call.js';
import { readWork, type WorkAnswer } from './work-reply.js';
import {
  NOT_WAITING,
  packClaimNames,
  packWork,
  type WaitTerms,
  WorkSettlements,
} from './work-request.js';

const work = new Script('broker/work');
const beat = new Script('broker/beat');
const open = new Script('broker/open');
const reclaim = new Script('broker/reclaim');
const leave = new Script('broker/leave');

/** Some ms of the server's time at most; the next beat goes on. */
const HANDED_BACK_PER_BEAT = 1_000;
/** From here on each crash delays alike. */
const CRASHES_TOLD_APART = 12;
const CRASH_DELAYS_MS = new Packer()
  .numbers(Array.from({ length: CRASHES_TOLD_APART }, (_, index) => crashDelayMs(index + 1)))
  .finish();

/** What workers ask of the server. */
export class WorkerCalls {
  readonly #waiting = new Map<WaitingCall, Promise<WorkReply>>();

  constructor(
    private readonly server: BrokerServer,
    private readonly numbers: QueueNumbers,
  ) {}

  async open(info: SessionInfo): Promise<void> {
    const now = await this.server.run(open, info.session, info.leaseMs, writeSession(info));
    this.server.time.told(integer(now));
  }

  async work(request: WorkRequest): Promise<WorkReply> {
    if (request.waitMs <= 0 || request.signal?.aborted === true)
      return toReply(await this.#ask(request, NOT_WAITING));
    const call = new WaitingCall(this.server, this.numbers, request);
    const reply = this.#workAndWait(request, call);
    this.#waiting.set(call, reply);
    try {
      return await reply;
    } finally {
      this.#waiting.delete(call);
    }
  }

  async beat(session: string): Promise<BeatReply> {
    const reply = await this.server.run(beat, session, HANDED_BACK_PER_BEAT, CRASH_DELAYS_MS);
    if (reply === null) throw leaseLost(session);
    const [now, workers, gone] = list(reply);
    return {
      now: this.server.time.told(integer(now)),
      workers: integer(workers),
      gone: list(gone).map(text),
    };
  }

  async reclaim({ from, to, receipts }: ReclaimRequest): Promise<readonly string[]> {
    const known = receipts.flatMap((receipt) => {
      const name = readReceipt(receipt);
      return name ? [{ receipt, name }] : [];
    });
    const names = packClaimNames(known.map(({ name }) => name));
    const opening = [to.leaseMs, writeSession(to)] as const;
    const kept = list(await this.server.run(reclaim, from, to.session, names, ...opening));
    this.#stopWaiting(from);
    return kept.flatMap((index) => known[integer(index) - 1]?.receipt ?? []);
  }

  async leave(session: string): Promise<void> {
    this.#stopWaiting(session);
    this.server.time.told(integer(await this.server.run(leave, session)));
  }

  /** Waiting calls answer empty. */
  async stopWaiting(): Promise<void> {
    const ending = [...this.#waiting].map(async ([call, reply]) => {
      await call.stop();
      await reply;
    });
    await Promise.allSettled(ending);
  }

  async #ask(request: WorkRequest, terms: WaitTerms): Promise<WorkAnswer> {
    await this.numbers.learn(request.claims.map(({ queue }) => queue));
    const settlements = new WorkSettlements(request.settle);
    const packed = packWork(request, settlements, terms, this.numbers);
    const reply = await this.server.run(work, request.session, packed);
    if (reply === null) throw leaseLost(request.session);
    const answer = readWork(reply, settlements, request.claims);
    this.server.time.told(answer.now);
    return answer;
  }

  async #workAndWait(request: WorkRequest, call: WaitingCall): Promise<WorkReply> {
    const answer = await this.#ask(request, call.terms);
    if (!answer.waitOn) return toReply(answer);
    const waited = await call.wait(work, answer.waitOn);
    if (waited === undefined) throw leaseLost(request.session);
    return { ...toReply(waited), lost: answer.lost, gone: [...answer.gone, ...waited.gone] };
  }

  #stopWaiting(session: string): void {
    for (const call of this.#waiting.keys())
      if (call.session === session) void call.stop().catch(() => undefined);
  }
}

function toReply({ now, gone, deliveries, lost, wanted }: WorkReply): WorkReply {
  return { now, gone, deliveries, lost, wanted };
}

function leaseLost(session: string): LeaseLostError {
  return new LeaseLostError(
    `session '${session}' is not alive: its lease lapsed and its jobs went to others, or it was ` +
      'never opened; open a new one, or reclaim what it held',
  );
}
