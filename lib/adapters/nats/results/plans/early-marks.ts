import { REDELIVERY_HORIZON_MS } from '../../../../core/lease.js';
import type { Mark } from '../../../../core/ports/results.js';
import type { MarksDocument } from './marks-document.js';
import { supersedes } from './standing.js';

/** What has been said of a plan that is not there yet: the latest of each member. */
export function withEarlyMarks(
  stored: MarksDocument | undefined,
  marks: readonly Mark[],
  now: number,
): MarksDocument {
  const latest = new Map<string | undefined, Mark>();
  for (const mark of [...stillValid(stored, now), ...marks]) {
    const last = latest.get(mark.memberId);
    if (last === undefined || supersedes(mark, last)) latest.set(mark.memberId, mark);
  }
  return { kind: 'early', marks: [...latest.values()], heardAt: now };
}

/** A plan that does not come within the horizon never comes: one of that name is another. */
export function stillValid(stored: MarksDocument | undefined, planAt: number): readonly Mark[] {
  const isEarly = stored?.kind === 'early' && stored.heardAt + REDELIVERY_HORIZON_MS > planAt;
  return isEarly ? stored.marks : [];
}
