import type { JobMessage } from '../../job-message.js';
import { expecting, oneOf, refuse } from '../../validation/check.js';
import { shape, type Table } from '../../validation/shape.js';
import { integerFrom } from '../../validation/values.js';
import type { JobSources } from './job-sources.js';
import { matcher, type JobTest } from './matcher.js';
import { parseQuery } from './parse-query.js';
import { readScanCursor } from './scan-cursor.js';
import { ScanWalk } from './scan-walk.js';
import type { JobSearch, Scanned } from './search-types.js';

const text = expecting('a text', (value) => typeof value === 'string');
const SEARCH: Table<JobSearch> = {
  state: oneOf(
    'queued',
    'scheduled',
    'retrying',
    'processing',
    'successful',
    'failed',
    'cancelled',
  ),
  query: text,
  cursor: text,
  limit: integerFrom(1),
  budget: integerFrom(1),
  seenAs: expecting('a function', (value) => typeof value === 'function'),
};
const checkSearch = shape(SEARCH);

const DEFAULT_BUDGET = 1_000;
const LARGEST_BUDGET = 10_000;
/** Jobs asked for at once where only some are wanted. */
const CHUNK = 250;
const LARGEST_CHUNK = 1_000;
/** A store may give few jobs a page, or none, as it passes over others. */
const MOST_PAGES = 50;

export interface ScanStep extends Scanned {
  readonly items: readonly JobMessage[];
  readonly next?: string | undefined;
}

/** Looks through lists for jobs that match, a bounded number of them per call. */
export class JobScan {
  constructor(private readonly sources: JobSources) {}

  /** At most `limit` jobs. Throws InvalidOptionsError for what cannot be asked. */
  async step(request: JobSearch, limit: number): Promise<ScanStep> {
    refuse('search', checkSearch(request, ''));
    const query = parseQuery(request.query ?? '');
    const place = request.cursor === undefined ? undefined : readScanCursor(request.cursor);
    const sources = await this.sources.of(request.state, query);
    const walk = new ScanWalk(sources, place, {
      test: testOf(request, matcher(query)),
      limit,
      chunk: query.terms.length === 0 ? Math.min(limit, LARGEST_CHUNK) : CHUNK,
    });
    const budget = Math.min(request.budget ?? DEFAULT_BUDGET, LARGEST_BUDGET);
    for (let pages = 0; pages < MOST_PAGES && !walk.isOver(budget); pages++)
      await walk.readPage(budget);
    const of = sources.reduce((sum, { size }) => sum + size, 0);
    return {
      items: walk.items,
      looked: walk.looked,
      of: Math.max(of, walk.looked),
      next: walk.next,
    };
  }
}

function testOf({ state, seenAs }: JobSearch, holds: JobTest): JobTest {
  const isSought: JobTest = (job) => state === undefined || job.status === state;
  return seenAs === undefined
    ? (job) => isSought(job) && holds(job)
    : (job) => isSought(job) && holds(seenAs(job));
}
