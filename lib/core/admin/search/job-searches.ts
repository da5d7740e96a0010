import type { Broker } from '../../ports/broker.js';
import type { Results } from '../../ports/results.js';
import { jobTotals } from '../totals.js';
import type { JobScan } from './job-scan.js';
import { exactly } from './query.js';
import { parseQuery } from './parse-query.js';
import type { JobCount, JobSearch, JobSearchPage, ScanRequest } from './search-types.js';

const DEFAULT_LIMIT = 50;
const LARGEST_LIMIT = 1_000;

/** Finds jobs, and counts them. */
export class JobSearches {
  constructor(
    private readonly scan: JobScan,
    private readonly broker: Broker,
    private readonly results: Results,
  ) {}

  search(request: JobSearch): Promise<JobSearchPage> {
    return this.scan.step(request, Math.min(request.limit ?? DEFAULT_LIMIT, LARGEST_LIMIT));
  }

  async count(request: ScanRequest): Promise<JobCount> {
    const { terms } = parseQuery(request.query ?? '');
    const queue = exactly({ terms }, 'queue');
    if (request.cursor === undefined && terms.length === (queue === undefined ? 0 : 1))
      return this.#known(request, queue);
    const { items, ...scanned } = await this.scan.step(request, Infinity);
    return { matched: items.length, ...scanned };
  }

  /** What the stores count by themselves, nobody needs to look at. */
  async #known({ state }: ScanRequest, queue: string | undefined): Promise<JobCount> {
    const totals = await jobTotals(this.broker, this.results, queue);
    const matched =
      state === undefined
        ? Object.values(totals).reduce((sum, count) => sum + count, 0)
        : totals[state];
    return { matched, looked: matched, of: matched };
  }
}
