import type { Reader } from '../../client/reader.js';
import type { JobStatus } from '../../job-status.js';
import type { Broker } from '../../ports/broker.js';
import type { PageRequest } from '../../ports/page.js';
import type { Results } from '../../ports/results.js';
import type { JobLists, JobPage } from '../job-lists.js';
import { countsOf } from '../totals.js';
import type { JobSource, SourcePage } from './job-source.js';
import { exactly, type Query } from './query.js';

/** In the order in which they are walked: what is of most interest to an operator comes first. */
export const LISTS = [
  'processing',
  'waiting',
  'delayed',
  'failed',
  'cancelled',
  'successful',
] as const;

type List = (typeof LISTS)[number];

const LIST_OF: Readonly<Record<JobStatus, List>> = {
  queued: 'waiting',
  scheduled: 'delayed',
  retrying: 'delayed',
  processing: 'processing',
  successful: 'successful',
  failed: 'failed',
  cancelled: 'cancelled',
};

/** Finds the lists that a query has to look through: the shortest that hold all it can mean. */
export class JobSources {
  constructor(
    private readonly parts: {
      readonly broker: Broker;
      readonly results: Results;
      readonly lists: JobLists;
      readonly reader: Reader;
    },
  ) {}

  async of(state: JobStatus | undefined, query: Query): Promise<JobSource[]> {
    const id = exactly(query, 'id');
    if (id !== undefined) return [this.#named('id', [id])];
    const planId = exactly(query, 'group') ?? exactly(query, 'chain');
    if (planId !== undefined)
      return [this.#named('members', await this.parts.reader.memberIds(planId))];
    const lists = state === undefined ? LISTS : [LIST_OF[state]];
    const all = lists.every((list) => list !== 'waiting' && list !== 'delayed')
      ? await this.#recorded(lists, query)
      : [...(await this.#recorded(lists, query)), ...(await this.#queued(lists, query))];
    return all.toSorted((a, b) => rankOf(a.list) - rankOf(b.list));
  }

  /** Jobs that are named, in this order. */
  #named(list: string, ids: readonly string[]): JobSource {
    const page = async ({ cursor, limit }: PageRequest): Promise<SourcePage> => {
      const from = Number(cursor ?? 0);
      const some = ids.slice(from, from + limit);
      const next = from + limit < ids.length ? String(from + limit) : undefined;
      return { items: await this.parts.reader.jobs(some), next, looked: some.length };
    };
    return { list, queue: '', size: ids.length, page };
  }

  async #recorded(lists: readonly List[], query: Query): Promise<JobSource[]> {
    const { results, lists: pages } = this.parts;
    const queue = exactly(query, 'queue');
    const task = exactly(query, 'task');
    const counts = await results.counts(queue);
    return lists.flatMap((status) => {
      if (status === 'waiting' || status === 'delayed') return [];
      const page = (request: PageRequest) =>
        looked(pages.recorded({ status, queue, task }, request));
      // How many run the broker tells of waiting jobs alone: a few, or none, beside the others.
      const size = status === 'processing' ? 0 : counts[status];
      return [{ list: status, queue: '', size, page }];
    });
  }

  async #queued(lists: readonly List[], query: Query): Promise<JobSource[]> {
    const { broker, lists: pages } = this.parts;
    const sources: JobSource[] = [];
    for (const [queue, counts] of await countsOf(broker, exactly(query, 'queue')))
      for (const list of lists) {
        if (list !== 'waiting' && list !== 'delayed') continue;
        const size = list === 'waiting' ? counts.waiting : counts.delayed + counts.retrying;
        const page = (request: PageRequest) => looked(pages.waiting(queue, list, request));
        if (size > 0) sources.push({ list, queue, size, page });
      }
    return sources;
  }
}

export function rankOf(list: string): number {
  return LISTS.findIndex((known) => known === list);
}

async function looked(page: Promise<JobPage>): Promise<SourcePage> {
  const { items, next } = await page;
  return { items, next, looked: items.length };
}
