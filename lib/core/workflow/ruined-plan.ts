import { NewerVersionError } from '../message/frame.js';
import { decodePlanBody, type PlanBody } from '../message/plan-body.js';
import type { PlanRecord } from '../ports/record.js';

const NONE: readonly never[] = [];
const NOTHING = { enqueuedAt: 0, queue: '', sent: true, onSuccess: NONE, onError: NONE } as const;

/**
 * What was announced. Where nobody can read it: a plan without callbacks, and without a step to come,
 * so that it ends all the same (rule 11). Throws NewerVersionError where a newer release can read it.
 */
export function announcedBy({ body, marks }: PlanRecord): PlanBody {
  try {
    return decodePlanBody(body);
  } catch (error) {
    if (error instanceof NewerVersionError) throw error;
    // With members open it is a chain: a group is looked at only when all of its have ended.
    return marks.includes('open')
      ? { ...NOTHING, form: 'chain', steps: NONE }
      : { ...NOTHING, form: 'group', members: NONE, onComplete: NONE };
  }
}
