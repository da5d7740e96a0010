import type { CancelTimer, Clock } from '../clock.js';
import type { Run } from './run.js';

/** A run longer than this has a record: its finish is an update, never a create (rule 12). */
const LONGEST_UNRECORDED_MS = 250;
/** How often to look; together with the limit below it stays under the longest. */
const LOOK_MS = 50;
const UNRECORDED_MS = LONGEST_UNRECORDED_MS - 2 * LOOK_MS;

/** Notices runs that last, and has their record written. One timer for all, and nothing to do per run. */
export class RunWatch {
  #cancel: CancelTimer | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly running: () => readonly Run[],
    private readonly write: (run: Run) => void,
  ) {}

  /** Something runs: look until nothing does. */
  wake(): void {
    this.#cancel ??= this.clock.timer(LOOK_MS, this.#look);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  readonly #look = (): void => {
    this.#cancel = undefined;
    const running = this.running();
    const dueAt = this.clock.elapsed() - UNRECORDED_MS;
    for (const run of running)
      if (run.revision === 0 && run.writing === undefined && run.startedAt <= dueAt)
        this.write(run);
    if (running.length > 0) this.wake();
  };
}
