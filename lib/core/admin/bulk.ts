import type { Deleter } from '../client/deleter.js';
import type { Retrier } from '../client/retrier.js';
import { InvalidStateError, NotFoundError } from '../errors.js';
import type { FinalStatus } from '../job-status.js';
import type { Broker } from '../ports/broker.js';
import type { Page } from '../ports/page.js';
import type { Results } from '../ports/results.js';
import { oneOf, refuse } from '../validation/check.js';
import { shape, type Table } from '../validation/shape.js';
import { instant, name } from '../validation/values.js';

/** Which jobs a bulk action is for. */
export interface JobFilter {
  readonly queue?: string | undefined;
  readonly task?: string | undefined;
  /** Default: failed for `retryAll`; successful, failed and cancelled for `deleteAll`. */
  readonly status?: FinalStatus | undefined;
  /** Only jobs that ended before this instant. */
  readonly before?: Date | undefined;
}

const FINAL: readonly FinalStatus[] = ['successful', 'failed', 'cancelled'];

const FILTER: Table<JobFilter> = {
  queue: name,
  task: name,
  status: oneOf(...FINAL),
  before: instant,
};
const checkDelete = shape(FILTER);
const checkRetry = shape({ ...FILTER, status: oneOf('failed', 'cancelled') });

const PAGE = 200;

/** Actions on all jobs that match, page by page; each job takes the ordinary path. */
export class Bulk {
  constructor(
    private readonly parts: {
      readonly broker: Broker;
      readonly results: Results;
      readonly deleter: Deleter;
      readonly retrier: Retrier;
    },
  ) {}

  async retryAll(filter: JobFilter): Promise<number> {
    refuse('retryAll()', checkRetry(filter, ''));
    const { status = 'failed' } = filter;
    return this.#ended(filter, status, (id) => this.parts.retrier.retry(id));
  }

  async deleteAll(filter: JobFilter): Promise<number> {
    refuse('deleteAll()', checkDelete(filter, ''));
    let count = 0;
    for (const status of filter.status ? [filter.status] : FINAL)
      count += await this.#ended(filter, status, (id) => this.parts.deleter.delete(id));
    return count;
  }

  /** Deletes what waits in a queue: due, delayed, or between two attempts. */
  async clear(queue: string): Promise<number> {
    const { broker, deleter } = this.parts;
    const ids = new Set<string>();
    // All first: what their deletion gives rise to is not meant. One that comes due is in the second list.
    for (const state of ['delayed', 'waiting'] as const)
      await this.#each(
        (cursor) => broker.inspect.page(queue, state, { cursor, limit: PAGE }),
        async (id) => void ids.add(id),
      );
    let count = 0;
    for (const id of ids) if (await acted(deleter.delete(id))) count++;
    return count;
  }

  #ended(
    { queue, task, before }: JobFilter,
    status: FinalStatus,
    act: (id: string) => Promise<unknown>,
  ): Promise<number> {
    const filter = { status, queue, task, before: before?.getTime() };
    return this.#each((cursor) => this.parts.results.page(filter, { cursor, limit: PAGE }), act);
  }

  /** Jobs that went, or changed, meanwhile do not count. */
  async #each(
    next: (cursor: string | undefined) => Promise<Page<{ readonly id: string }>>,
    act: (id: string) => Promise<unknown>,
  ): Promise<number> {
    let count = 0;
    let cursor: string | undefined;
    do {
      const page = await next(cursor);
      for (const { id } of page.items) if (await acted(act(id))) count++;
      cursor = page.next;
    } while (cursor !== undefined);
    return count;
  }
}

function acted(action: Promise<unknown>): Promise<boolean> {
  return action.then(
    () => true,
    (error: unknown) => {
      if (error instanceof NotFoundError || error instanceof InvalidStateError) return false;
      throw error;
    },
  );
}
