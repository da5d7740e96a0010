import type { FinalStatus } from '../../../core/job-status.js';
import type { RecordCounts } from '../../../core/ports/results.js';

const NOTHING: RecordCounts = { successful: 0, failed: 0, cancelled: 0 };

/** How many finished jobs each queue has. Queues without any take no room. */
export class QueueTallies {
  readonly #byQueue = new Map<string, Record<FinalStatus, number>>();

  of(queue: string): RecordCounts {
    return { ...(this.#byQueue.get(queue) ?? NOTHING) };
  }

  add(queue: string, status: FinalStatus): void {
    let tally = this.#byQueue.get(queue);
    if (tally === undefined) this.#byQueue.set(queue, (tally = { ...NOTHING }));
    tally[status] += 1;
  }

  remove(queue: string, status: FinalStatus): void {
    const tally = this.#byQueue.get(queue);
    if (tally === undefined) return;
    tally[status] -= 1;
    if (tally.successful + tally.failed + tally.cancelled === 0) this.#byQueue.delete(queue);
  }
}
