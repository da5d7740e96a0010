import type { Settlement, WorkRequest } from '../../../core/ports/broker.js';
import { Packer } from '../scripts/packer.js';
import { storable } from './message-value.js';
import type { QueueNumbers } from './queue-numbers.js';
import { type ClaimName, readReceipt } from './receipts.js';

type Other = Exclude<Settlement, { kind: 'ack' }>;

/** How a call to `work` waits: by its own name; until a server instant, once it has begun. */
export interface WaitTerms {
  readonly name: string;
  readonly ms: number;
  readonly resumed: boolean;
}

export const NOT_WAITING: WaitTerms = { name: '', ms: 0, resumed: false };

const packer = new Packer();

/** What a call of `work.lua` is to settle, sorted by what is done to it. */
export class WorkSettlements {
  readonly acks: ClaimName[] = [];
  readonly others: { readonly settlement: Other; readonly name: ClaimName }[] = [];
  /** Receipts that cannot hold: no claim had such a name, or it is settled by the same call before. */
  readonly lost: string[] = [];

  constructor(settle: readonly Settlement[]) {
    const seen = new Set<string>();
    for (const settlement of settle) {
      const { receipt } = settlement;
      const name = seen.has(receipt) ? undefined : readReceipt(receipt);
      seen.add(receipt);
      if (name === undefined) this.lost.push(receipt);
      else if (settlement.kind === 'ack') this.acks.push(name);
      else this.others.push({ settlement, name });
    }
  }
}

export function packWork(
  { started, claims }: Pick<WorkRequest, 'started' | 'claims'>,
  settlements: WorkSettlements,
  wait: WaitTerms,
  numbers: QueueNumbers,
): Buffer {
  packer.clear().list(7);
  packNames(settlements.acks);
  packer.list(settlements.others.length);
  for (const { settlement, name } of settlements.others) packOther(settlement, name);
  packNames(started.flatMap((receipt) => readReceipt(receipt) ?? []));
  packer.list(claims.length);
  for (const { queue, slots, ahead } of claims)
    packer
      .list(4)
      .text(queue)
      .text(`${numbers.of(queue)}`)
      .number(slots)
      .number(ahead);
  packer
    .list(3)
    .text(wait.name)
    .number(wait.ms)
    .number(wait.resumed ? 1 : 0);
  return packer.finish();
}

/** Numbers and ids of claims, as two lists. */
export function packClaimNames(names: readonly ClaimName[]): Buffer {
  packer.clear().list(2);
  packNames(names);
  return packer.finish();
}

function packNames(names: readonly ClaimName[]): void {
  packer.texts(names.map(({ number }) => number)).texts(names.map(({ id }) => id));
}

function packOther(settlement: Other, { number, id }: ClaimName): void {
  packer.list(4).text(number).text(id);
  if (settlement.kind === 'release')
    packer.text(settlement.started ? 'begun' : 'untouched').number(0);
  else if (settlement.dueAt !== undefined) packer.text('at').number(storable(settlement.dueAt));
  else packer.text('in').number(Math.max(0, Math.trunc(settlement.delayMs ?? 0)));
}
