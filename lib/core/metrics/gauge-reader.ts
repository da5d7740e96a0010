import type { TasqueueAdmin } from '../admin/tasqueue-admin.js';
import type { Environment } from '../environment.js';
import { fewAtOnce } from '../few-at-once.js';
import type { TasqueueRunner } from '../worker/tasqueue-runner.js';
import type { GaugeKey, MetricLabels } from './catalogue.js';

export interface Reading {
  readonly metric: GaugeKey;
  readonly value: number;
  readonly labels: MetricLabels;
}

/** Queues that are looked at, by name: each costs two calls to the stores. */
const MOST_QUEUES = 100;
/** Of them at once. */
const MOST_CALLS = 8;
const STATES = ['queued', 'scheduled', 'retrying', 'processing'] as const;

export interface GaugeReaderParts {
  readonly admin: Pick<TasqueueAdmin, 'queues' | 'stats'>;
  readonly runner: Pick<TasqueueRunner, 'status'>;
  readonly environment: Pick<Environment, 'clock' | 'log'>;
  /** Undefined: all that there are. */
  readonly queues: readonly string[] | undefined;
  readonly instance: MetricLabels;
}

/** Reads what stands at a value, when asked: how deep queues are, how busy slots. Never rejects. */
export class GaugeReader {
  #underWay: Promise<readonly Reading[]> | undefined;
  #silent = false;

  constructor(private readonly parts: GaugeReaderParts) {}

  /** Asked again while it reads, it reads once. */
  read(): Promise<readonly Reading[]> {
    this.#underWay ??= this.#read().finally(() => {
      this.#underWay = undefined;
    });
    return this.#underWay;
  }

  async #read(): Promise<readonly Reading[]> {
    return [...this.#slots(), ...(await this.#queues())];
  }

  #slots(): Reading[] {
    const { slots, abandoned } = this.parts.runner.status;
    const { instance } = this.parts;
    return [
      ...Object.entries(slots).flatMap(([queue, { busy, concurrency }]) => [
        { metric: 'slotsBusy' as const, value: busy, labels: { ...instance, queue } },
        { metric: 'slotsLimit' as const, value: concurrency, labels: { ...instance, queue } },
      ]),
      { metric: 'abandoned', value: abandoned, labels: instance },
    ];
  }

  /** None while the stores do not answer: an old number would look like a new one. */
  async #queues(): Promise<readonly Reading[]> {
    try {
      const names = this.parts.queues ?? (await this.parts.admin.queues()).sort();
      const some = names.slice(0, MOST_QUEUES);
      const readings = await fewAtOnce(some, MOST_CALLS, (queue) => this.#queue(queue));
      this.#silent = false;
      return readings.flat();
    } catch (error) {
      const { log } = this.parts.environment;
      if (!this.#silent) log.warn('cannot read the queues for metrics; they have gaps', { error });
      this.#silent = true;
      return [];
    }
  }

  async #queue(queue: string): Promise<Reading[]> {
    const { admin, environment, instance } = this.parts;
    const stats = await admin.stats(queue);
    const labels = { ...instance, queue };
    const oldestAt = stats.oldestQueuedAt?.getTime();
    const ageMs = oldestAt === undefined ? 0 : environment.clock.now() - oldestAt;
    return [
      ...STATES.map((state) => ({
        metric: 'depth' as const,
        value: stats[state],
        labels: { ...labels, state },
      })),
      { metric: 'oldestAge', value: Math.max(0, ageMs) / 1_000, labels },
    ];
  }
}
