import type { JobView } from '../client/job-view.js';
import type { JobMessage } from '../job-message.js';
import { integerFrom } from '../validation/values.js';
import { expecting, refuse } from '../validation/check.js';
import { shape, type Table } from '../validation/shape.js';
import type { Broker, StoredMessage } from '../ports/broker.js';
import type { RecordFilter, Results } from '../ports/results.js';

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

const PAGE: Table<JobPageRequest> = {
  cursor: expecting("the 'next' of a page", (value) => typeof value === 'string'),
  limit: integerFrom(1),
};
const checkPage = shape(PAGE);

const DEFAULT_LIMIT = 50;
const LARGEST_LIMIT = 1_000;

/** Jobs in pages: those that wait from the broker, those that run or have ended from the results. */
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
    return { items: await this.#shown(page.items), next: page.next };
  }

  /** A job that has begun before is shown by its record, which knows more than its message. */
  async #shown(messages: readonly StoredMessage[]): Promise<JobMessage[]> {
    if (messages.length === 0) return [];
    const found = await this.results.get(messages.map(({ id }) => id));
    return messages.map((message, index) => {
      const record = found[index]?.record;
      return record?.kind === 'job' && record.generation === message.generation
        ? this.view.ofRecord(record)
        : this.view.ofMessage(message);
    });
  }

  async recorded(filter: RecordFilter, request: JobPageRequest = {}): Promise<JobPage> {
    const page = await this.results.page(filter, checked(request));
    return { items: page.items.map((item) => this.view.ofRecord(item)), next: page.next };
  }
}

function checked(request: JobPageRequest) {
  refuse('page', checkPage(request, ''));
  const { cursor, limit = DEFAULT_LIMIT } = request;
  return { cursor, limit: Math.min(limit, LARGEST_LIMIT) };
}
