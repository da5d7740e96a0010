import type { TasqueueAdmin } from '../../lib/core/admin/tasqueue-admin.js';
import type { JobPage, JobPageRequest } from '../../lib/core/admin/job-lists.js';
import type { QueueStats } from '../../lib/core/admin/queue-stats.js';
import type { JobMessage } from '../../lib/core/job-message.js';
import type { FinalStatus } from '../../lib/core/job-status.js';
import type { StoredMessage } from '../../lib/core/ports/message.js';
import type { StoredRecord } from '../../lib/core/ports/record.js';
import type { Tasqueue } from '../../lib/core/tasqueue.js';
import type { Stores } from '../ground/ground.js';
import type { Stamped } from '../worker/journal.js';
import { QUEUES } from '../workload/job-deck.js';
import type { Ledger } from '../workload/ledger.js';
import { familyOf, type Kin } from './family.js';

/** Ids that are asked for in one call. */
const IDS_PER_CALL = 500;
const PAGE = 500;

/** Everything there is to know of a seed, once all has come to rest. */
export interface Evidence {
  readonly ledger: Ledger;
  readonly journal: readonly Stamped[];
  /** By id. Runs of schedules are not among them. */
  readonly kin: ReadonlyMap<string, Kin>;
  readonly records: ReadonlyMap<string, StoredRecord>;
  readonly messages: ReadonlyMap<string, StoredMessage>;
  readonly lists: Readonly<Record<FinalStatus, readonly JobMessage[]>>;
  readonly stats: ReadonlyMap<string, QueueStats>;
}

export async function gather(
  { admin }: Tasqueue,
  stores: Stores,
  { ledger, journal }: Pick<Evidence, 'ledger' | 'journal'>,
): Promise<Evidence> {
  const lists = {
    successful: await all((page) => admin.successful(page)),
    failed: await all((page) => admin.failed(page)),
    cancelled: await all((page) => admin.cancelled(page)),
  };
  const kin = new Map([...ledger.lives.values()].flatMap(familyOf).map((one) => [one.id, one]));
  const listed = Object.values(lists).flatMap((items) => items.map(({ id }) => id));
  const ids = [...new Set([...kin.keys(), ...listed])];
  const records = await byId(ids, async (some) =>
    (await stores.results.get(some)).map((found) => found?.record),
  );
  const messages = await byId(ids, async (some) => stores.broker.find(some));
  return { ledger, journal, kin, records, messages, lists, stats: await statsOf(admin) };
}

async function statsOf(admin: TasqueueAdmin): Promise<Map<string, QueueStats>> {
  const stats = new Map<string, QueueStats>();
  for (const queue of Object.keys(QUEUES)) stats.set(queue, await admin.stats(queue));
  return stats;
}

async function all(read: (page: JobPageRequest) => Promise<JobPage>): Promise<JobMessage[]> {
  const items: JobMessage[] = [];
  let cursor: string | undefined;
  do {
    const page = await read({ limit: PAGE, cursor });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return items;
}

/** What there is of these, by id. */
export async function byId<Found>(
  ids: readonly string[],
  read: (some: readonly string[]) => Promise<readonly (Found | undefined)[]>,
): Promise<Map<string, Found>> {
  const found = new Map<string, Found>();
  for (let from = 0; from < ids.length; from += IDS_PER_CALL) {
    const some = ids.slice(from, from + IDS_PER_CALL);
    for (const [index, one] of (await read(some)).entries()) {
      const id = some[index];
      if (id !== undefined && one !== undefined) found.set(id, one);
    }
  }
  return found;
}
