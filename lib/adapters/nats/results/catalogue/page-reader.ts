import { isFinal } from '../../../../core/job-status.js';
import type { Page, PageRequest } from '../../../../core/ports/page.js';
import type { JobRecord } from '../../../../core/ports/record.js';
import type { RecordFilter } from '../../../../core/ports/results.js';
import { toToken } from '../../connection/subject-token.js';
import { LETTERS } from '../messages/message-label.js';
import type { RecordBook } from '../records/record-book.js';
import { inTurns } from '../in-turns.js';
import type { Catalogue } from './catalogue.js';
import type { CurrentCatalogue } from './current-catalogue.js';
import { readCursor, writeCursor } from './page-cursor.js';
import type { Rows } from './rows.js';
import type { Position } from './shelf.js';
import { letterCode } from './letter-codes.js';

/** Rows that one call looks at: some milliseconds, even where hardly any passes the filter. */
const MOST_SCANNED = 500_000;

/** Records read at once. */
const MOST_READS = 500;
/** On a page whose jobs change all the time, some may be missing. */
const MOST_TRIES = 3;

/** Pages through the jobs of one status. What comes and goes meanwhile moves no other job. */
export class PageReader {
  constructor(
    private readonly catalogue: CurrentCatalogue,
    private readonly book: RecordBook,
  ) {}

  async read(filter: RecordFilter, { cursor, limit }: PageRequest): Promise<Page<JobRecord>> {
    if (filter.before !== undefined && !isFinal(filter.status)) return { items: [] };
    const start = startOf(filter, cursor);
    for (let tries = 1; ; tries += 1) {
      const { catalogue } = await this.catalogue.get();
      const { seqs, next } = chosenOf(catalogue, filter, { start, limit });
      const found = await inTurns(seqs, MOST_READS, (seq) => this.book.readSeq(seq));
      const items = found.flatMap((held) => (held?.record.kind === 'job' ? [held.record] : []));
      // What was written anew meanwhile may belong on the page all the same.
      if (items.length < seqs.length && tries < MOST_TRIES) continue;
      return next === undefined ? { items } : { items, next: writeCursor(next) };
    }
  }
}

interface Chosen {
  readonly seqs: readonly number[];
  /** That of the last row looked at, where there are more. */
  readonly next?: Position;
}

function chosenOf(
  { rows, names, shelves }: Catalogue,
  filter: RecordFilter,
  { start, limit }: { readonly start: Position; readonly limit: number },
): Chosen {
  const letter = letterCode(LETTERS[filter.status]);
  const passes = rowTest(rows, filter, (name) => names.find(toToken(name)) ?? -1);
  const seqs: number[] = [];
  const shelf = shelves.of(letter);
  if (shelf === undefined) return { seqs };
  const first = shelf.below(start) - 1;
  for (let index = first; index >= 0; index -= 1) {
    const row = shelf.at(index);
    const passed = rows.letter[row] === letter && passes(row);
    const isFull = first - index >= MOST_SCANNED || (passed && seqs.length >= limit);
    if (index < first && isFull) return { seqs, next: shelf.positionOf(shelf.at(index + 1)) };
    if (passed) seqs.push(rows.seq[row] ?? 0);
  }
  return { seqs };
}

function rowTest(
  rows: Rows,
  { queue, task }: RecordFilter,
  numberOf: (name: string) => number,
): (row: number) => boolean {
  const ofQueue = queue === undefined ? undefined : numberOf(queue);
  const ofTask = task === undefined ? undefined : numberOf(task);
  return (row) =>
    (ofQueue === undefined || rows.queue[row] === ofQueue) &&
    (ofTask === undefined || rows.task[row] === ofTask);
}

const END: Position = { at: Infinity, place: 0 };

/** The page lies below the last one, and below `before`. */
function startOf({ before }: RecordFilter, cursor: string | undefined): Position {
  const earliest = before === undefined ? END : { at: before, place: 0 };
  const last = cursor === undefined ? END : readCursor(cursor);
  return last.at < earliest.at ? last : earliest;
}
