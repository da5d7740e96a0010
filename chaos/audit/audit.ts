import type { Evidence } from './evidence.js';
import { fateOfJobs, fateOfLives } from './fate-of-jobs.js';
import { handlerRuns } from './handler-runs.js';
import { lists } from './lists.js';
import { outcomes } from './outcomes.js';
import { plans } from './plans.js';
import { slots } from './slots.js';
import { values } from './values.js';
import type { Violation } from './violation.js';

export interface AuditTerms {
  readonly maxCrashes: number;
  /** When the misfortunes were over; real time, epoch ms. */
  readonly calmAt: number;
  /** Processes that stood still for a while, and heard of nothing. */
  readonly stopped: ReadonlySet<number>;
  /** How often a worker died or stood still, or the server could not be reached. */
  readonly troubles: number;
}

/** Looks into every promise. */
export function audit(
  evidence: Evidence,
  { maxCrashes, calmAt, stopped, troubles }: AuditTerms,
): Violation[] {
  return [
    ...fateOfLives(evidence),
    ...fateOfJobs(evidence, maxCrashes),
    ...outcomes(evidence),
    ...plans(evidence),
    ...lists(evidence),
    ...handlerRuns(evidence, stopped),
    ...values(evidence),
    ...slots(evidence, calmAt, troubles),
  ];
}
