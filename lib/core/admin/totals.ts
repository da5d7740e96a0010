import { fewAtOnce } from '../few-at-once.js';
import type { JobStatus } from '../job-status.js';
import type { QueueCounts } from '../ports/broker-inspector.js';
import type { Broker } from '../ports/broker.js';
import type { Results } from '../ports/results.js';

/** How many jobs there are in each state. */
export type JobTotals = Readonly<Record<JobStatus, number>>;

/** Queues asked about at once. */
const MOST_CALLS = 16;

/** Of one queue, or of all. */
export async function jobTotals(
  broker: Broker,
  results: Results,
  queue?: string,
): Promise<JobTotals> {
  const [ended, counts] = await Promise.all([results.counts(queue), countsOf(broker, queue)]);
  const waiting = [...counts.values()];
  const sum = (of: (counts: QueueCounts) => number): number =>
    waiting.reduce((total, one) => total + of(one), 0);
  return {
    queued: sum((one) => one.waiting + one.claimed),
    scheduled: sum((one) => one.delayed),
    retrying: sum((one) => one.retrying),
    processing: sum((one) => one.started),
    successful: ended.successful,
    failed: ended.failed,
    cancelled: ended.cancelled,
  };
}

/** What the broker counts, by the name of the queue: of one, or of all, by name. */
export async function countsOf(
  broker: Broker,
  queue?: string,
): Promise<ReadonlyMap<string, QueueCounts>> {
  const names = queue === undefined ? [...(await broker.inspect.queues())].sort() : [queue];
  const counts = await fewAtOnce(
    names,
    MOST_CALLS,
    async (name): Promise<[string, QueueCounts]> => [name, await broker.inspect.counts(name)],
  );
  return new Map(counts);
}
