import type { FinalStatus } from '../../../../core/job-status.js';
import type { RecordCounts } from '../../../../core/ports/results.js';
import { finalStatusOf } from './letter-codes.js';
import type { Rows } from './rows.js';

type Tally = Record<FinalStatus, number>;

/** How many jobs have finished, of each queue and in all. Queues are numbers. */
export class Tallies {
  readonly #byQueue = new Map<number, Tally>();
  readonly #all = nothing();

  static of({ length, queue, letter }: Rows): Tallies {
    const tallies = new Tallies();
    for (let row = 0; row < length; row += 1) tallies.add(queue[row] ?? 0, letter[row] ?? 0, 1);
    return tallies;
  }

  add(queue: number, letter: number, count: 1 | -1): void {
    const status = finalStatusOf(letter);
    if (status === undefined) return;
    const tally = this.#byQueue.get(queue) ?? nothing();
    this.#byQueue.set(queue, tally);
    tally[status] += count;
    this.#all[status] += count;
  }

  ofQueue(queue: number | undefined): RecordCounts {
    return { ...(queue === undefined ? nothing() : (this.#byQueue.get(queue) ?? nothing())) };
  }

  get all(): RecordCounts {
    return { ...this.#all };
  }
}

function nothing(): Tally {
  return { successful: 0, failed: 0, cancelled: 0 };
}
