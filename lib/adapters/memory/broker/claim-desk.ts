import type { Delivery, QueueClaim, Settlement, WorkRequest } from '../../../core/ports/broker.js';
import { crashDelayMs } from '../../../core/lease.js';
import { type Entry, STARTED } from './entry.js';
import type { Messages } from './messages.js';
import { Receipts } from './receipts.js';
import type { Session } from './session.js';

/** Where messages change hands: claimed by sessions, settled by them, or handed back for them. */
export class ClaimDesk {
  readonly #receipts = new Receipts();

  constructor(private readonly messages: Messages) {}

  /** Gives a session what is due, in the order in which it should start. */
  claim(session: Session, claims: readonly QueueClaim[], now: number): Delivery[] {
    const deliveries: Delivery[] = [];
    for (const claim of claims)
      for (const entry of this.messages.queue(claim.queue)?.take(claim, now) ?? []) {
        const receipt = this.#receipts.next();
        session.claims.set(receipt, entry);
        deliveries.push(entry.delivery(receipt));
      }
    return deliveries;
  }

  /** Gives the receipts whose claims had ended before: nothing is done for them. */
  settle(session: Session, settle: readonly Settlement[], now: number): readonly string[] {
    const lost: string[] = [];
    for (const settlement of settle) {
      const entry = session.letGo(settlement.receipt);
      if (entry === undefined) lost.push(settlement.receipt);
      else this.#apply(settlement, entry, now);
    }
    return lost;
  }

  start(session: Session, receipts: WorkRequest['started']): void {
    for (const receipt of receipts) {
      const entry = session.claims.get(receipt);
      if (entry !== undefined) this.messages.start(entry);
    }
  }

  /** Hands back in front what a session still holds. It may have started any of it without a word. */
  handBackAll(session: Session): void {
    for (const [receipt, entry] of session.claims) {
      session.letGo(receipt);
      this.#handBack(entry);
    }
  }

  /** Hands back what a dead session held; what it had started may be what killed it. */
  handBackDead(entry: Entry, now: number): void {
    if (entry.state === STARTED) {
      entry.crashes += 1;
      this.messages.retry(entry, now + crashDelayMs(entry.crashes), now);
    } else this.#handBack(entry);
  }

  #handBack(entry: Entry): void {
    entry.past = 'given';
    this.messages.release(entry);
  }

  #apply(settlement: Settlement, entry: Entry, now: number): void {
    if (settlement.kind === 'ack') this.messages.drop(entry);
    else if (settlement.kind === 'retry') {
      const dueAt = settlement.dueAt ?? now + (settlement.delayMs ?? 0);
      this.messages.retry(entry, dueAt, now);
    } else {
      if (settlement.started) entry.past = 'given';
      this.messages.release(entry);
    }
  }
}
