import { isFinal } from '../../../core/job-status.js';
import type { Page, PageRequest } from '../../../core/ports/page.js';
import type { JobRecord } from '../../../core/ports/record.js';
import type { RecordFilter } from '../../../core/ports/results.js';
import { readCursor, writeCursor } from '../page-cursor.js';
import type { JobShelves } from './job-shelves.js';
import { byPosition, type Position } from './position.js';

/** Jobs that one call looks at: about a millisecond, even where hardly any passes the filter. */
const MOST_SCANNED = 10_000;

/** Pages through the jobs of one status. What comes and goes meanwhile moves no other job. */
export function readPage(
  shelves: JobShelves,
  filter: RecordFilter,
  { cursor, limit }: PageRequest,
): Page<JobRecord> {
  const items: JobRecord[] = [];
  let scanned = 0;
  let last: Position | undefined;
  if (filter.before !== undefined && !isFinal(filter.status)) return { items };
  for (const entry of shelves.of(filter.status).newestFirst(startOf(filter, cursor))) {
    const passes = isWanted(entry.record, filter);
    if (last && (scanned === MOST_SCANNED || (passes && items.length >= limit)))
      return { items, next: writeCursor({ rank: last.at, order: last.order }) };
    if (passes) items.push(entry.record);
    scanned += 1;
    last = entry;
  }
  return { items };
}

function isWanted(record: JobRecord, { queue, task }: RecordFilter): boolean {
  return (
    (queue === undefined || record.queue === queue) && (task === undefined || record.task === task)
  );
}

/** The page lies below the last one, and below `before`. */
function startOf({ before }: RecordFilter, cursor: string | undefined): Position | undefined {
  const earliest = before === undefined ? undefined : { at: before, order: 0 };
  if (cursor === undefined) return earliest;
  const { rank, order } = readCursor(cursor);
  const last = { at: rank, order };
  return earliest === undefined || byPosition(last, earliest) < 0 ? last : earliest;
}
