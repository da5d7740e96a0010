import { isFinal, type FinalStatus } from '../../../core/job-status.js';
import type { JobRecord } from '../../../core/ports/record.js';
import type { RecordCounts } from '../../../core/ports/results.js';
import type { JobEntry } from './job-entry.js';
import { QueueTallies } from './queue-tallies.js';
import { Shelf } from './shelf.js';

/** All recorded jobs by status, and how many have finished in each queue. */
export class JobShelves {
  readonly #shelves: Readonly<Record<JobRecord['status'], Shelf>> = {
    queued: new Shelf(),
    processing: new Shelf(),
    retrying: new Shelf(),
    successful: new Shelf(),
    failed: new Shelf(),
    cancelled: new Shelf(),
  };
  readonly #tallies = new QueueTallies();

  of(status: JobRecord['status']): Shelf {
    return this.#shelves[status];
  }

  add(entry: JobEntry): void {
    const { status, queue } = entry.record;
    this.#shelves[status].add(entry);
    if (isFinal(status)) this.#tallies.add(queue, status);
  }

  remove(entry: JobEntry): void {
    const { status, queue } = entry.record;
    this.#shelves[status].remove(entry);
    if (isFinal(status)) this.#tallies.remove(queue, status);
  }

  /** Finished jobs alone can be pinned: the others stay anyway. */
  pin(entry: JobEntry, pinned: boolean): void {
    if (entry.pinned === pinned || !isFinal(entry.record.status)) return;
    const shelf = this.#shelves[entry.record.status];
    shelf.remove(entry);
    entry.pinned = pinned;
    shelf.add(entry);
  }

  counts(queue?: string): RecordCounts {
    if (queue !== undefined) return this.#tallies.of(queue);
    const sizeOf = (status: FinalStatus): number => this.#shelves[status].size;
    return {
      successful: sizeOf('successful'),
      failed: sizeOf('failed'),
      cancelled: sizeOf('cancelled'),
    };
  }
}
