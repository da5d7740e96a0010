import type { CancelTimer, Clock } from '../clock.js';
import type { Run } from './run.js';

/** A run longer than this has a record: its finish is an update, never a create (rule 12). */
const LONGEST_UNRECORDED_MS = 250;
/** How often to look; together with the limit below it stays under the longest. */
const LOOK_MS = 50;
const UNRECORDED_MS = LONGEST_UNRECORDED_MS - 2 * LOOK_MS;

/** Notices runs that last, and has their record written. One timer for all of them. */
export class RunWatch {
  /** In the order of their start. */
  readonly #unrecorded = new Set<Run>();
  #cancel: CancelTimer | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly write: (run: Run) => void,
  ) {}

  started(run: Run): void {
    if (run.revision !== 0) return;
    this.#unrecorded.add(run);
    if (!this.#cancel) this.#arm();
  }

  ended(run: Run): void {
    this.#unrecorded.delete(run);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#unrecorded.clear();
  }

  #arm(): void {
    this.#cancel = this.clock.timer(LOOK_MS, () => {
      this.#cancel = undefined;
      const dueAt = this.clock.elapsed() - UNRECORDED_MS;
      for (const run of this.#unrecorded) {
        if (run.startedAt > dueAt) break;
        this.#unrecorded.delete(run);
        if (run.revision === 0 && !run.ended) this.write(run);
      }
      if (this.#unrecorded.size > 0) this.#arm();
    });
  }
}
