import type { Delivery, QueueClaim, WorkReply } from '../../../core/ports/broker.js';
import { readMessage } from './message-value.js';
import { type ClaimName, writeReceipt } from './receipts.js';
import { buffer, integer, list, text } from '../scripts/reply.js';
import type { WorkSettlements } from './work-request.js';

/** How a waiting call goes on. Instants of server time. */
export interface WaitOn {
  readonly until: number;
  readonly nextDueAt: number | undefined;
  /** Numbers of the queues. */
  readonly queues: readonly string[];
}

/** An answer of work.lua. */
export interface WorkAnswer extends WorkReply {
  readonly waitOn: WaitOn | undefined;
}

export function readWork(
  reply: unknown,
  settlements: WorkSettlements,
  claims: readonly QueueClaim[],
): WorkAnswer {
  const [now, lostAcks, lostOthers, gone, wanted, given, waitOn] = list(reply);
  const lost = [...settlements.lost];
  for (const index of list(lostAcks)) push(lost, settlements.acks[integer(index) - 1]);
  for (const index of list(lostOthers)) push(lost, settlements.others[integer(index) - 1]?.name);
  return {
    now: integer(now),
    lost,
    gone: list(gone).map(text),
    wanted: list(wanted).flatMap((index) => claims[integer(index) - 1]?.queue ?? []),
    deliveries: list(given).flatMap((group) => readGroup(list(group), claims)),
    waitOn: waitOn === null ? undefined : readWaitOn(list(waitOn)),
  };
}

function push(lost: string[], name: ClaimName | undefined): void {
  if (name) lost.push(writeReceipt(name));
}

/** What was claimed of one queue. */
function readGroup(
  [index, claim, ids, values]: readonly unknown[],
  claims: readonly QueueClaim[],
): Delivery[] {
  const queue = claims[integer(index) - 1]?.queue ?? '';
  const number = `${integer(claim)}:`;
  const messages = list(values);
  const deliveries: Delivery[] = [];
  for (const [at, id] of list(ids).entries()) {
    const value = messages[at];
    if (value !== null)
      deliveries.push(readDelivery({ number, id: text(id) }, buffer(value), queue));
  }
  return deliveries;
}

function readDelivery(name: ClaimName, value: Buffer, queue: string): Delivery {
  const { kind, past, dueAt, priority, generation, crashes, body } = readMessage(value);
  return {
    id: name.id,
    generation,
    kind,
    queue,
    priority,
    dueAt,
    receipt: writeReceipt(name),
    fresh: past === 'fresh',
    redelivered: past === 'given',
    crashes,
    body,
  };
}

function readWaitOn([until, nextDueAt, queues]: readonly unknown[]): WaitOn {
  const due = integer(nextDueAt);
  return {
    until: integer(until),
    nextDueAt: due < 0 ? undefined : due,
    queues: list(queues).map(text),
  };
}
