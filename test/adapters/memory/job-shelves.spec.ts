import {
  array,
  assert,
  asyncProperty,
  boolean,
  constantFrom,
  integer,
  option,
  record,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryResults } from '../../../lib/adapters/memory/memory-results.js';
import { isFinal } from '../../../lib/core/job-status.js';
import type { JobRecord } from '../../../lib/core/ports/record.js';
import type { RecordFilter } from '../../../lib/core/ports/results.js';
import { walk } from '../../../lib/testing/conformance/results/asserting.js';
import { aJob, aPlan } from '../../../lib/testing/conformance/results/records.js';

const STATUSES = ['queued', 'processing', 'retrying', 'successful', 'failed', 'cancelled'] as const;
const QUEUES = ['x', 'y'] as const;
const TASKS = ['s', 't'] as const;

/** What the store should be: an array of what was written, the latest state per id. */
class NaiveStore {
  jobs: (JobRecord & { readonly order: number })[] = [];

  write(next: JobRecord, order: number): void {
    const old = this.jobs.find(({ id }) => id === next.id);
    const stays =
      old?.status === next.status && isFinal(next.status) && old.finishedAt === next.finishedAt;
    this.remove(next.id);
    this.jobs.push({ ...next, order: stays ? old.order : order });
  }

  remove(id: string): void {
    this.jobs = this.jobs.filter((job) => job.id !== id);
  }

  ids({ status, queue, task, before = Infinity }: RecordFilter): string[] {
    return this.jobs
      .filter((job) => job.status === status)
      .filter((job) => queue === undefined || job.queue === queue)
      .filter((job) => task === undefined || job.task === task)
      .filter(({ finishedAt = Infinity }) => before === Infinity || finishedAt < before)
      .sort((a, b) => (b.finishedAt ?? 0) - (a.finishedAt ?? 0) || b.order - a.order)
      .map(({ id }) => id);
  }
}

const writes = array(
  record({
    id: integer({ min: 0, max: 15 }).map((number) => `job-${number}`),
    status: constantFrom(...STATUSES),
    queue: constantFrom(...QUEUES),
    task: constantFrom(...TASKS),
    at: integer({ min: 1, max: 9 }),
    /** A member of a plan: it stands in another list, but on the same pages. */
    member: boolean(),
    deleted: integer({ min: 0, max: 9 }).map((number) => number === 0),
  }),
  { maxLength: 80 },
);

const filters = record({
  status: constantFrom(...STATUSES),
  queue: option(constantFrom(...QUEUES), { nil: undefined }),
  task: option(constantFrom(...TASKS), { nil: undefined }),
  before: option(integer({ min: 0, max: 10 }), { nil: undefined }),
});

describe('the pages and counts of MemoryResults', () => {
  it('are those of an array of what was written', async () => {
    await assert(
      asyncProperty(
        writes,
        array(filters),
        integer({ min: 1, max: 5 }),
        async (all, asked, limit) => {
          const [results, naive] = [new MemoryResults(), new NaiveStore()];
          await results.plan([aPlan('p', ['job-1', 'job-2', 'job-3', 'job-4', 'job-5'])]);
          for (const [order, { id, status, queue, task, at, member, deleted }] of all.entries()) {
            const [old] = await results.get([id]);
            const next = aJob(id, {
              generation: order + 1,
              status,
              queue,
              task,
              finishedAt: isFinal(status) ? at : undefined,
              planId: member ? 'p' : undefined,
            });
            const expected = old?.record.kind === 'job' ? old.revision : 0;
            await results.put([{ record: next, expect: expected }]);
            naive.write(next, order);
            if (deleted) {
              await results.delete([{ id, generation: 0 }]);
              naive.remove(id);
            }
          }
          await results.release(['p']);

          for (const filter of asked)
            expect(await walk(results, filter, limit)).toEqual(naive.ids(filter));
          for (const queue of [undefined, ...QUEUES])
            expect(await results.counts(queue)).toEqual({
              successful: naive.ids({ status: 'successful', queue }).length,
              failed: naive.ids({ status: 'failed', queue }).length,
              cancelled: naive.ids({ status: 'cancelled', queue }).length,
            });
        },
      ),
    );
  });
});
