import type { TasqueueEvent } from '../../core/events.js';
import { NotFoundError } from '../../core/errors.js';
import type { JobMessage } from '../../core/job-message.js';
import type { TestTasqueue } from './test-tasqueue.js';

/** Attempts that began, and jobs that failed without one. */
const RUN: ReadonlySet<TasqueueEvent['name']> = new Set(['processing', 'failed']);

/** Notes which jobs run, from when it is made until it is stopped. */
export class RunGatherer {
  /** In the order of their first start, with the instance that they belong to. */
  readonly #jobs = new Map<string, TestTasqueue>();
  readonly #unsubscribe: readonly (() => void)[];

  constructor(instances: readonly TestTasqueue[]) {
    this.#unsubscribe = instances.map((instance) =>
      instance.events.subscribe(({ name, jobId }) => {
        if (RUN.has(name)) this.#jobs.set(jobId, instance);
      }),
    );
  }

  stop(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  /** As they stand now; those that have been deleted are left out. */
  async jobs(): Promise<JobMessage[]> {
    const jobs: JobMessage[] = [];
    for (const [id, { client }] of this.#jobs) {
      try {
        jobs.push(await client.getJob(id));
      } catch (error) {
        if (!(error instanceof NotFoundError)) throw error;
      }
    }
    return jobs;
  }
}
