import type { JobView } from '../client/job-view.js';
import type { JobMessage } from '../job-message.js';
import { integerFrom } from '../validation/values.js';
import { refuse } from '../validation/check.js';
import type { Broker } from '../ports/broker.js';
import type { Results } from '../ports/results.js';

export interface JobPageRequest {
  /** `next` of the page before. */
  readonly cursor?: string | undefined;
  /** Items at most: 1 to 1,000. Default 50. */
  readonly limit?: number | undefined;
}

export interface JobPage {
  readonly items: readonly JobMessage[];
  /** Pass it as `cursor` for more; absent on the last page. */
  readonly next?: string | undefined;
}

const DEFAULT_LIMIT = 50;
const LARGEST_LIMIT = 1_000;

/** Jobs in pages: those that wait from the broker, those that ended from the results. */
export class JobLists {
  constructor(
    private readonly broker: Broker,
    private readonly results: Results,
    private readonly view: JobView,
  ) {}

  async waiting(
    queue: string,
    state: 'waiting' | 'delayed',
    request: JobPageRequest = {},
  ): Promise<JobPage> {
    const page = await this.broker.inspect.page(queue, state, checked(request));
    return { items: page.items.map((item) => this.view.ofMessage(item)), next: page.next };
  }

  async ended(
    status: 'successful' | 'failed' | 'cancelled',
    request: JobPageRequest = {},
  ): Promise<JobPage> {
    const page = await this.results.page({ status }, checked(request));
    return { items: page.items.map((item) => this.view.ofRecord(item)), next: page.next };
  }
}

function checked({ cursor, limit = DEFAULT_LIMIT }: JobPageRequest) {
  refuse('page', integerFrom(1)(limit, 'limit'));
  return { cursor, limit: Math.min(limit, LARGEST_LIMIT) };
}
