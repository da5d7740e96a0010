import type { Settlement } from '../../../core/ports/broker.js';
import type { Claim } from './claim.js';
import type { Consumers } from './consumers.js';
import type { Marks } from './marks.js';
import type { Records } from './records.js';
import type { Rescheduler } from './rescheduler.js';
import type { Session } from './session.js';

/** What is to be done for the settlements of one call. */
export interface Work {
  /** Resolves once everything is done that the next claim may depend on. */
  readonly before: Promise<void>;
  /** Resolves with the receipts that no longer held, once all is done. */
  readonly done: Promise<readonly string[]>;
}

export interface SettlerParts {
  readonly records: Records;
  readonly marks: Marks;
  readonly consumers: Consumers;
  readonly rescheduler: Rescheduler;
}

interface Retried {
  readonly claim: Claim;
  readonly retry: Extract<Settlement, { kind: 'retry' }>;
}

/** Carries out settlements. */
export class Settler {
  constructor(private readonly parts: SettlerParts) {}

  settle(session: Session, settlements: readonly Settlement[]): Work {
    const lost: string[] = [];
    const acks: Claim[] = [];
    const unstarted: Claim[] = [];
    const released: Claim[] = [];
    const retries: Retried[] = [];
    for (const settlement of settlements) {
      const claim = session.letGo(settlement.receipt);
      if (claim === undefined) lost.push(settlement.receipt);
      else if (settlement.kind === 'ack') acks.push(claim);
      else if (settlement.kind === 'retry') retries.push({ claim, retry: settlement });
      else (settlement.started ? released : unstarted).push(claim);
    }
    const before = Promise.all([
      this.#release(session, unstarted, released),
      this.#retryAll(session, retries, lost),
    ]).then(() => undefined);
    const done = Promise.all([before, this.#ack(session, acks, lost)]).then(() => lost);
    // Whoever is told of the first failure does not wait for the other.
    done.catch(() => undefined);
    return { before, done };
  }

  async #ack(session: Session, claims: readonly Claim[], lost: string[]): Promise<void> {
    if (claims.length === 0) return;
    const { records, marks, consumers } = this.parts;
    await Promise.all(
      claims.map(async ({ revision, receipt, delivered, levelKey, sequence }) => {
        if (revision > 0 && !(await records.delete(revision))) lost.push(receipt);
        if (delivered > 1) await marks.drop(levelKey, sequence);
      }),
    );
    await consumers.ack(claims);
    for (const { receipt } of claims) session.settled(receipt);
  }

  /** Marks and ledger come first: what is handed back is somebody else's at once. */
  async #release(
    session: Session,
    unstarted: readonly Claim[],
    released: readonly Claim[],
  ): Promise<void> {
    if (unstarted.length + released.length === 0) return;
    const { marks, consumers } = this.parts;
    const all = [...unstarted, ...released];
    for (const { receipt } of all) session.releasing(receipt);
    await Promise.all([
      session.commit(),
      ...unstarted.map(async ({ clean, levelKey, sequence, delivered }) => {
        if (clean) await marks.put(levelKey, sequence, delivered);
      }),
    ]);
    await consumers.nak(all);
    for (const { receipt } of all) session.settled(receipt);
  }

  /** What comes back at once does so one after the other: it waits in this order. */
  async #retryAll(session: Session, retries: readonly Retried[], lost: string[]): Promise<void> {
    const retry = async ({ claim, retry: { delayMs, dueAt } }: Retried): Promise<void> => {
      const when = { crashes: 0, delayMs, dueAt };
      if (!(await this.parts.rescheduler.again(claim, () => when))) lost.push(claim.receipt);
      session.settled(claim.receipt);
    };
    const isLater = ({ retry: { delayMs = 0 } }: Retried): boolean => delayMs > 0;
    const inTurn = async (): Promise<void> => {
      for (const retried of retries) if (!isLater(retried)) await retry(retried);
    };
    await Promise.all([inTurn(), ...retries.filter(isLater).map(retry)]);
  }
}
