import { CODES, hasCode } from '../connection/failures.js';
import type { Claim } from './claim.js';
import type { Ground } from './ground.js';
import { decodeLedger, encodeLedger, type Ledger, type StoredLedger } from './ledger.js';

/** The stored ledgers of all sessions. */
export class Ledgers {
  constructor(private readonly ground: Ground) {}

  async get(session: string): Promise<StoredLedger | undefined> {
    const { jetStream, layout } = this.ground;
    const stored = await jetStream.lastOn(layout.control, layout.session(session));
    return stored && decodeLedger(stored);
  }

  async all(): Promise<readonly StoredLedger[]> {
    const { jetStream, layout } = this.ground;
    const subjects = await jetStream.subjects(layout.control, layout.sessions);
    const stored = await Promise.all(
      subjects.map((subject) => jetStream.lastOn(layout.control, subject)),
    );
    return stored.flatMap((found) => (found ? [decodeLedger(found)] : []));
  }

  /** Takes the place of that revision (0: of none); gives its own. Undefined when there is another one. */
  async put(
    ledger: Ledger,
    lines: readonly string[],
    revision: number,
  ): Promise<number | undefined> {
    const { jetStream, layout } = this.ground;
    const subject = layout.session(ledger.info.session);
    try {
      return await jetStream.publish(subject, encodeLedger(ledger, lines), revision);
    } catch (error) {
      if (hasCode(error, CODES.wrongLastSequence)) return undefined;
      throw error;
    }
  }

  delete(revision: number): Promise<boolean> {
    return this.ground.jetStream.delete(this.ground.layout.control, revision);
  }

  /** Whether its lease lapsed: nobody heard of it for that long. */
  lapsed({ beatAt, info }: StoredLedger): boolean {
    return this.ground.clock.now() - beatAt > info.leaseMs;
  }

  /** Ends the claims of all sessions that are told; their sessions are told in turn. */
  async dispossess(isTaken: (claim: Claim) => boolean): Promise<void> {
    for (const ledger of await this.all())
      if (ledger.claims.some(isTaken)) await this.#dispossess(ledger, isTaken);
  }

  async #dispossess(found: StoredLedger, isTaken: (claim: Claim) => boolean): Promise<void> {
    let ledger: StoredLedger | undefined = found;
    while (ledger?.claims.some(isTaken) === true) {
      const { claims, lines, revision } = ledger;
      const gone = [...ledger.gone, ...claims.filter(isTaken).map(({ receipt }) => receipt)];
      const kept = lines.filter((_, index) => !isTakenAt(claims, index, isTaken));
      if ((await this.put({ ...ledger, gone }, kept, revision)) !== undefined) return;
      ledger = await this.get(ledger.info.session);
    }
  }
}

function isTakenAt(
  claims: readonly Claim[],
  index: number,
  isTaken: (claim: Claim) => boolean,
): boolean {
  const claim = claims[index];
  return claim !== undefined && isTaken(claim);
}
