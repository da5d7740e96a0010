import type { SessionInfo } from '../../../core/ports/session-info.js';
import type { Stored } from '../connection/jetstream.js';
import { type Claim, readClaim } from './claim.js';

/**
 * What is stored of a session: who it is, what it has claimed, and what was taken from it since it
 * last looked. Whoever changes it does so by compare-and-set, the session itself too: so it cannot
 * miss that it was declared dead, or that a message of it was removed.
 */
export interface Ledger {
  readonly info: SessionInfo;
  readonly openedAt: number;
  /** `dead`: its lease lapsed. `moved`: another session takes over. What it lists goes back. */
  readonly state: 'live' | 'dead' | 'moved';
  /** The session that takes over, or that hands back what a dead one held. */
  readonly to?: string | undefined;
  /** Receipts whose messages were removed or replaced. */
  readonly gone: readonly string[];
}

export interface StoredLedger extends Ledger {
  readonly claims: readonly Claim[];
  /** The claims as they are written. */
  readonly lines: readonly string[];
  readonly revision: number;
  readonly beatAt: number;
}

export function encodeLedger(ledger: Ledger, lines: readonly string[]): Uint8Array {
  const { info, openedAt, state, to, gone } = ledger;
  return Buffer.from([JSON.stringify({ info, openedAt, state, to, gone }), ...lines].join('\n'));
}

export function decodeLedger({ data, sequence, storedAt }: Stored): StoredLedger {
  const [head = '', ...lines] = Buffer.from(data).toString().split('\n');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by encodeLedger alone
  const ledger = JSON.parse(head) as Ledger;
  return { ...ledger, claims: lines.map(readClaim), lines, revision: sequence, beatAt: storedAt };
}
