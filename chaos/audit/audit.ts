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
}

/** Looks into every promise. */
export function audit(evidence: Evidence, { maxCrashes, calmAt }: AuditTerms): Violation[] {
  return [
    ...fateOfLives(evidence),
    ...fateOfJobs(evidence, maxCrashes),
    ...outcomes(evidence),
    ...plans(evidence),
    ...lists(evidence),
    ...handlerRuns(evidence),
    ...values(evidence),
    ...slots(evidence, calmAt),
  ];
}
