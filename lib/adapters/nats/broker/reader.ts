import type { Delivery } from '../../../core/ports/broker.js';
import type { Candidate } from './candidate.js';
import { type Claim, receiptOf } from './claim.js';
import type { Consumers, Handed } from './consumers.js';
import type { Epoch } from './epoch.js';
import type { HeldBy, Holders } from './holders.js';
import type { Level } from './level.js';
import type { Marks } from './marks.js';
import type { StoredRecord } from './record.js';
import type { Records } from './records.js';
import type { Session } from './session.js';
import type { Tickets } from './tickets.js';

/** A message that another session seems to have comes back after this time, to be looked at again. */
const HELD_ELSEWHERE_MS = 5_000;

type WhoHolds = (level: Level, sequence: number) => HeldBy;

export interface Given {
  readonly claim: Claim;
  readonly delivery: Delivery;
}

export interface ReaderParts {
  readonly records: Records;
  readonly marks: Marks;
  readonly tickets: Tickets;
  readonly holders: Holders;
  readonly consumers: Consumers;
  readonly epoch: Epoch;
}

/** Makes deliveries of tickets: reads their records, and puts void ones aside. */
export class Reader {
  constructor(private readonly parts: ReaderParts) {}

  async read(session: Session, candidates: readonly Candidate[]): Promise<readonly Given[]> {
    if (candidates.every((candidate) => this.#isPlain(candidate)))
      return candidates.map((candidate) => given(candidate, true));
    const isRepeat = candidates.some(({ delivered }) => delivered > 1);
    const heldBy = await this.parts.holders.seenFrom(session, isRepeat ? 'now' : 'lately');
    const read = await Promise.all(candidates.map((candidate) => this.#read(candidate, heldBy)));
    return read.flatMap((one) => one ?? []);
  }

  async #read(candidate: Candidate, heldBy: WhoHolds): Promise<Given | undefined> {
    const { records, marks, consumers } = this.parts;
    const { level, sequence, delivered, ticket, id } = candidate;
    const [marked, record] = await Promise.all([
      marks.clean(level.key, sequence, delivered),
      ticket.whole ? undefined : records.get(id),
    ]);
    const clean = marked && !this.#isDoubtful(level, sequence);
    const holder = clean ? undefined : heldBy(level, sequence);
    // We have it, and did not say so for too long.
    if (holder === 'us') return undefined;
    if (holder === 'others') {
      // The server gave up waiting for word of it, but its holder has not been declared dead.
      consumers.nakLater(handedOf(candidate), HELD_ELSEWHERE_MS);
      return undefined;
    }
    if (ticket.whole || record?.revision === ticket.revision)
      return given(candidate, clean, record);
    // Void. Whoever finds such a one makes sure that the record has the right one.
    if (record) await this.parts.tickets.put(record);
    await consumers.ack([handedOf(candidate)]);
    return undefined;
  }

  /** It says itself all that is to be known. */
  #isPlain({ ticket, delivered, level, sequence }: Candidate): boolean {
    return ticket.whole && delivered === 1 && !this.#isDoubtful(level, sequence);
  }

  /** Somebody may have been given it, whatever the consumer counts. */
  #isDoubtful(level: Level, sequence: number): boolean {
    return sequence <= level.floor || this.parts.epoch.doubts(level.key, sequence);
  }
}

export function handedOf({ level, sequence, delivered, consumerSequence }: Candidate): Handed {
  return { levelKey: level.key, sequence, delivered, consumerSequence };
}

function given(candidate: Candidate, clean: boolean, record?: StoredRecord): Given {
  const { level, sequence, delivered, consumerSequence, kind, id, ticket } = candidate;
  const receipt = receiptOf(level.key, sequence, delivered, consumerSequence);
  const generation = record?.generation ?? 1;
  const revision = record?.revision ?? 0;
  const claim = {
    levelKey: level.key,
    sequence,
    delivered,
    consumerSequence,
    receipt,
    kind,
    id,
    generation,
    revision,
    clean,
    started: false,
  };
  const told = record ?? (ticket.whole ? ticket : undefined);
  const delivery: Delivery = {
    id,
    generation,
    kind,
    queue: level.queue,
    priority: level.priority,
    dueAt: told?.dueAt ?? 0,
    receipt,
    fresh: clean && (record ? record.past === 'fresh' : ticket.whole && ticket.fresh),
    redelivered: !clean || record?.past === 'given',
    crashes: record?.crashes ?? 0,
    body: told?.body ?? new Uint8Array(),
  };
  return { claim, delivery };
}
