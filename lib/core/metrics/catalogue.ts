/** By what a metric is told apart. `instance` is the name of a named Tasqueue instance. */
export type MetricLabel = 'queue' | 'task' | 'outcome' | 'state' | 'store' | 'instance';

export type MetricLabels = Readonly<Partial<Record<MetricLabel, string>>>;

export interface Metric {
  readonly name: string;
  /** As UCUM writes it. */
  readonly unit: 's' | '{job}' | '{slot}' | '{handler}' | '{failure}';
  readonly help: string;
  /** Beside `instance`. */
  readonly labels: readonly MetricLabel[];
}

type Metrics = Readonly<Record<string, Metric>>;

// All that is measured, whichever library shows it. docs/guide/observability.md lists the same.

export const COUNTERS = {
  enqueued: {
    name: 'tasqueue.jobs.enqueued',
    unit: '{job}',
    help: 'Jobs that the broker has accepted from this process',
    labels: ['queue', 'task'],
  },
  processed: {
    name: 'tasqueue.jobs.processed',
    unit: '{job}',
    help: 'Attempts that ended in this process: successful, failed, or to be retried',
    labels: ['queue', 'task', 'outcome'],
  },
  failed: {
    name: 'tasqueue.jobs.failed',
    unit: '{job}',
    help: 'Jobs that failed for good in this process, started or not',
    labels: ['queue', 'task'],
  },
  retried: {
    name: 'tasqueue.jobs.retried',
    unit: '{job}',
    help: 'Failures in this process after which the job runs again',
    labels: ['queue', 'task'],
  },
  troubles: {
    name: 'tasqueue.store.troubles',
    unit: '{failure}',
    help: 'Failures of a store at what it does by itself, such as forgetting old records',
    labels: ['store'],
  },
} as const satisfies Metrics;

export const HISTOGRAMS = {
  duration: {
    name: 'tasqueue.job.duration',
    unit: 's',
    help: 'Handler time of an attempt',
    labels: ['queue', 'task', 'outcome'],
  },
  wait: {
    name: 'tasqueue.job.wait',
    unit: 's',
    help: 'How long a job had been due when its handler started',
    labels: ['queue', 'task'],
  },
} as const satisfies Metrics;

/** Bucket bounds of the histograms, in seconds: handlers take milliseconds or minutes, and so do waits. */
export const BUCKETS_S: readonly number[] = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800,
];

export const GAUGES = {
  depth: {
    name: 'tasqueue.queue.depth',
    unit: '{job}',
    help: 'Jobs in a queue, of all processes',
    labels: ['queue', 'state'],
  },
  oldestAge: {
    name: 'tasqueue.queue.oldest_age',
    unit: 's',
    help: 'For how long the longest waiting job of a queue has been due; 0 when none waits',
    labels: ['queue'],
  },
  slotsBusy: {
    name: 'tasqueue.worker.slots.busy',
    unit: '{slot}',
    help: 'Handlers at work in this process',
    labels: ['queue'],
  },
  slotsLimit: {
    name: 'tasqueue.worker.slots.limit',
    unit: '{slot}',
    help: 'Handlers that may be at work in this process at once',
    labels: ['queue'],
  },
  abandoned: {
    name: 'tasqueue.worker.handlers.abandoned',
    unit: '{handler}',
    help: 'Handlers in this process that go on although their attempt is over',
    labels: [],
  },
} as const satisfies Metrics;

export type CounterKey = keyof typeof COUNTERS;
export type HistogramKey = keyof typeof HISTOGRAMS;
export type GaugeKey = keyof typeof GAUGES;

/** One of something for each metric of a table. */
export function eachOf<Key extends string, Made>(
  table: Readonly<Record<Key, Metric>>,
  make: (metric: Metric, key: Key) => Made,
): ReadonlyMap<Key, Made> {
  // oxlint-disable-next-line no-unsafe-type-assertion -- a table has no other keys than those of its type
  const keys = Object.keys(table) as Key[];
  return new Map(keys.map((key) => [key, make(table[key], key)]));
}
