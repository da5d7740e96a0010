import type {
  Delivery,
  QueueClaim,
  Settlement,
  WorkReply,
  WorkRequest,
} from '../../../core/ports/broker.js';
import type { Candidate } from './candidate.js';
import type { Claimer } from './claimer.js';
import type { Epoch } from './epoch.js';
import type { Ground } from './ground.js';
import type { IdleSessions } from './idle-sessions.js';
import type { Reader } from './reader.js';
import type { Session } from './session.js';
import type { Settler, Work } from './settler.js';

/** The ledger has to fit into one message, whatever the ids are made of. */
const MOST_HELD = 2_000;

export interface DeskParts {
  readonly ground: Ground;
  readonly settler: Settler;
  readonly claimer: Claimer;
  readonly reader: Reader;
  readonly idle: IdleSessions;
  readonly epoch: Epoch;
}

/** Where messages change hands: settled, then claimed, and both written into the session's ledger. */
export class Desk {
  constructor(private readonly parts: DeskParts) {}

  async work(session: Session, request: WorkRequest): Promise<WorkReply> {
    // Past its lease it may be dead: then nothing is done for it.
    if (session.lapsed) await session.commit();
    const settling = this.parts.settler.settle(session, request.settle);
    for (const receipt of request.started) start(session, receipt);
    await settling.before;
    const deliveries = await this.#claim(session, request, settling);
    const lost = [...(await settling.done)];
    await session.commit();
    lost.push(...lostMeanwhile(session, request.settle, lost));
    return {
      now: this.parts.ground.clock.now(),
      gone: session.takeGone(),
      deliveries,
      lost,
      wanted: this.parts.idle.wanted(
        session.info.session,
        request.claims.map(({ queue }) => queue),
      ),
    };
  }

  async #claim(
    session: Session,
    request: WorkRequest,
    settling: Work,
  ): Promise<readonly Delivery[]> {
    const claims = within(MOST_HELD - session.held, request.claims);
    if (claims.length === 0) return [];
    await this.parts.epoch.known;
    const found = await this.#take(session, request, await this.parts.claimer.now(claims));
    if (found.length > 0) return found;
    const waits = request.waitMs > 0 && request.signal?.aborted !== true;
    if (waits) {
      await settling.done;
      await session.commit();
    }
    const waitMs = waits ? request.waitMs : 0;
    const queues = claims.map(({ queue }) => queue);
    const stopTelling = this.parts.idle.waits(session.info.session, queues, waitMs);
    try {
      return await this.#wait(session, { ...request, claims, waitMs });
    } finally {
      stopTelling();
    }
  }

  /** What is found may turn out to be void: then it waits on. */
  async #wait(session: Session, request: WorkRequest): Promise<readonly Delivery[]> {
    const { claims, waitMs } = request;
    const signal = waitMs > 0 ? request.signal : undefined;
    const until = performance.now() + waitMs;
    for (;;) {
      const leftMs = until - performance.now();
      const candidates = await this.parts.claimer.first(claims, { waitMs: leftMs, signal });
      const taken = await this.#take(session, request, candidates ?? []);
      if (taken.length > 0 || candidates === undefined || performance.now() >= until) return taken;
    }
  }

  async #take(
    session: Session,
    { claims }: WorkRequest,
    candidates: readonly Candidate[],
  ): Promise<readonly Delivery[]> {
    if (candidates.length === 0) return [];
    const read = await this.parts.reader.read(session, candidates);
    const slots = new Map(claims.map((claim) => [claim.queue, claim.slots]));
    return read.map(({ claim, delivery }) => {
      const free = slots.get(delivery.queue) ?? 0;
      claim.started = free > 0;
      slots.set(delivery.queue, free - 1);
      session.take(claim);
      return delivery;
    });
  }
}

function start(session: Session, receipt: string): void {
  const claim = session.get(receipt);
  if (claim) claim.started = true;
}

/** Messages that were taken away while they were being settled. */
function lostMeanwhile(
  session: Session,
  settlements: readonly Settlement[],
  lost: readonly string[],
): readonly string[] {
  if (settlements.length === 0) return [];
  const known = new Set(lost);
  return settlements
    .map(({ receipt }) => receipt)
    .filter((receipt) => session.wasLost(receipt) && !known.has(receipt));
}

/**
 * As much of what is asked for as there is room for; nothing of what asks for nothing. Slots go first:
 * the first queues reading ahead would take all, and nothing would ever come of the last.
 */
function within(room: number, claims: readonly QueueClaim[]): readonly QueueClaim[] {
  const slots = shares(
    room,
    claims.map((claim) => claim.slots),
  );
  const ahead = shares(
    slots.reduce((left, taken) => left - taken, room),
    claims.map((claim) => claim.ahead),
  );
  return claims
    .map(({ queue }, index) => ({ queue, slots: slots[index] ?? 0, ahead: ahead[index] ?? 0 }))
    .filter((claim) => claim.slots + claim.ahead > 0);
}

/** Even ones, but to nobody more than he asks for. */
function shares(room: number, wishes: readonly number[]): readonly number[] {
  let left = Math.max(0, room);
  const shared = wishes.map(() => 0);
  const modestFirst = [...wishes.entries()].sort(([, a], [, b]) => a - b);
  for (const [turn, [index, wish]] of modestFirst.entries()) {
    const share = Math.min(wish, Math.ceil(left / (wishes.length - turn)));
    shared[index] = share;
    left -= share;
  }
  return shared;
}
