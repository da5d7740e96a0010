import type { MessageKind } from '../../../core/ports/message.js';
import { fromToken } from '../connection/subject-token.js';
import { KIND_TOKENS, kindOf } from './layout.js';

/** One claim on one ticket, as the ledger of its session keeps it. */
export interface Claim {
  readonly receipt: string;
  /** Of the queue and priority: names the stream. */
  readonly levelKey: string;
  readonly sequence: number;
  readonly delivered: number;
  /** The consumer's own count, by which it knows the delivery. */
  readonly consumerSequence: number;
  readonly kind: MessageKind;
  readonly id: string;
  readonly generation: number;
  /** Of the record; 0 for a whole message. */
  readonly revision: number;
  /** All deliveries before this one were handed back unstarted by those who had them. */
  readonly clean: boolean;
  started: boolean;
}

const SEPARATOR = '|';

/** The ticket's kind, and the id's token, are those of its subject. */
export function claimLine(claim: Claim, idToken: string): string {
  const { levelKey, sequence, delivered, consumerSequence, kind, generation, revision } = claim;
  const clean = claim.clean ? 'c' : '-';
  return [
    levelKey,
    sequence,
    delivered,
    consumerSequence,
    KIND_TOKENS[kind],
    generation,
    revision,
    clean,
    idToken,
  ].join(SEPARATOR);
}

export function readClaim(line: string): Claim {
  const started = line.startsWith('+');
  const [levelKey = '', sequence, delivered, consumerSequence, kind = '', ...rest] = line
    .slice(1)
    .split(SEPARATOR);
  const [generation, revision, clean, idToken = ''] = rest;
  return {
    receipt: receiptOf(levelKey, Number(sequence), Number(delivered), Number(consumerSequence)),
    levelKey,
    sequence: Number(sequence),
    delivered: Number(delivered),
    consumerSequence: Number(consumerSequence),
    kind: kindOf(kind),
    id: fromToken(idToken),
    generation: Number(generation),
    revision: Number(revision),
    clean: clean === 'c',
    started,
  };
}

/** No two deliveries have the same. */
export function receiptOf(
  levelKey: string,
  sequence: number,
  delivered: number,
  consumerSequence: number,
): string {
  return `${levelKey}:${sequence}:${delivered}:${consumerSequence}`;
}
