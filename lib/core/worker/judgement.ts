import { isFinal } from '../job-status.js';
import type { Settlement } from '../ports/broker.js';
import type { JobRecord, Versioned } from '../ports/record.js';
import type { WriteReply } from '../ports/results.js';
import { Aftermath } from '../workflow/aftermath.js';
import type { Claim, Run, Settled } from './run.js';

export type OutcomeTransition = 'successful' | 'retrying' | 'failed' | 'released';

/** The end of one run, on its way to the stores. */
export interface Outcome {
  readonly claim: Claim;
  readonly run: Run;
  readonly record: JobRecord;
  /** How the broker is to settle the claim once the record stands. */
  readonly settlement: Settlement;
  /** Told when this very outcome was recorded, not when another had been; with what went wrong. */
  readonly transition: OutcomeTransition;
  readonly error: Error | undefined;
}

/** What is left to do for a claim once the results have answered. */
export interface Concluded {
  readonly claim: Claim;
  readonly settlement: Settlement;
  /** The record whose consequences have to be there before the claim is settled. */
  readonly followed?: Versioned<JobRecord> | undefined;
}

/** A claim whose record another run owns is tried again this much later. */
export const CONTENDED_MS = 1_000;

/**
 * Settle follows the stored record, not the handler (rule 2). On conflict: a final record is followed
 * and acknowledged, a retrying one waits out its delay, another run's is left alone.
 */
export function judge(outcome: Outcome, reply: WriteReply, now: number): Concluded {
  const { claim, record, settlement } = outcome;
  // Most jobs stand alone: then the outcome itself says all there is to do.
  if (reply.stored)
    return Aftermath.isNone(record)
      ? outcome
      : { claim, settlement, followed: { record, revision: reply.revision } };
  const { current } = reply;
  if (current !== undefined && isSame(record, current.record))
    return { claim, settlement, followed: { record, revision: current.revision } };
  return judgeStored(claim, record.generation, current, now);
}

/**
 * A settlement that nobody has confirmed, when a fresh session takes over. A store that broke down may
 * have come back without its last writes: what was recorded then is not on record now, and settled by
 * what this process remembers its job would be gone.
 */
export function judgeAgain(
  { claim, settlement }: Settled,
  current: Versioned | undefined,
  now: number,
): Concluded {
  const { kind, receipt, generation } = claim.delivery;
  // What a plan stands for may be lost, too. Whoever is given it sees to it once more.
  if (kind === 'plan') return { claim, settlement: { kind: 'release', receipt, started: true } };
  if (kind === 'schedule' || settlement.kind === 'release') return { claim, settlement };
  return judgeStored(claim, generation, current, now);
}

function judgeStored(
  claim: Claim,
  generation: number,
  current: Versioned | undefined,
  now: number,
): Concluded {
  const known = current?.record.generation ?? 0;
  // The store has forgotten the run, or even its generation: it begins anew.
  if (current === undefined || known < generation) return comesBack(claim, CONTENDED_MS);
  const ack: Settlement = { kind: 'ack', receipt: claim.delivery.receipt };
  // Deleted, or overtaken by a retry by hand.
  if (current.record.kind !== 'job' || known > generation) return { claim, settlement: ack };
  const { status, retryAt } = current.record;
  if (isFinal(status))
    return {
      claim,
      settlement: ack,
      followed: { record: current.record, revision: current.revision },
    };
  const isRetrying = status === 'retrying';
  return comesBack(claim, isRetrying ? Math.max(0, (retryAt ?? now) - now) : CONTENDED_MS);
}

/** Nobody else has to see to anything meanwhile: its record says how to go on. */
export function comesBack(claim: Claim, delayMs: number): Concluded {
  return { claim, settlement: { kind: 'retry', receipt: claim.delivery.receipt, delayMs } };
}

/** True when the reply means that this very outcome stands: stored now, or by a call whose reply was lost. */
export function isRecorded({ record }: Outcome, reply: WriteReply): boolean {
  return reply.stored || (reply.current !== undefined && isSame(record, reply.current.record));
}

function isSame(record: JobRecord, current: Versioned['record']): boolean {
  return (
    current.kind === 'job' &&
    current.generation === record.generation &&
    current.run === record.run &&
    current.attempt === record.attempt &&
    current.status === record.status &&
    current.finishedAt === record.finishedAt &&
    current.retryAt === record.retryAt
  );
}
