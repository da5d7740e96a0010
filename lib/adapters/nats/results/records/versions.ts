import type { Versioned } from '../../../../core/ports/record.js';
import type { PlanReader } from '../plans/plan-reader.js';
import { isPlan } from '../plans/plan-reader.js';
import type { Held } from './record-book.js';

/**
 * A record with its revision. Only a job's is the sequence that a write may expect; those of plans and
 * tombstones are negative, so that no write can take them for a job's.
 */
export async function versionOf(held: Held, plans: PlanReader): Promise<Versioned> {
  if (!isPlan(held)) {
    const { record, seq } = held;
    return { record, revision: record.kind === 'job' ? seq : -seq };
  }
  const { standings, marksSeq } = await plans.complete(held);
  return { record: standings.record, revision: -Math.max(held.seq, marksSeq) };
}
