import { fewAtOnce } from '../few-at-once.js';
import type { JobStatus } from '../job-status.js';
import type { Broker } from '../ports/broker.js';
import type { Results } from '../ports/results.js';

/** How many jobs there are in each state. */
export type JobTotals = Readonly<Record<JobStatus, number>>;

/** Queues asked about at once. */
const MOST_CALLS = 16;

/** Over all queues. */
export async function jobTotals(broker: Broker, results: Results): Promise<JobTotals> {
  const [ended, names] = await Promise.all([results.counts(), broker.inspect.queues()]);
  const waiting = await fewAtOnce(names, MOST_CALLS, (queue) => broker.inspect.counts(queue));
  const sum = (of: (counts: (typeof waiting)[number]) => number): number =>
    waiting.reduce((total, counts) => total + of(counts), 0);
  return {
    queued: sum((counts) => counts.waiting + counts.claimed),
    scheduled: sum((counts) => counts.delayed),
    retrying: sum((counts) => counts.retrying),
    processing: sum((counts) => counts.started),
    successful: ended.successful,
    failed: ended.failed,
    cancelled: ended.cancelled,
  };
}
