import type { CancelTimer, Clock } from '../../../../core/clock.js';
import type { ReportTrouble } from '../../../../core/ports/trouble.js';
import type { Sweeper } from './sweeper.js';

/** By this much at most what is due stays. */
const PAUSE_MS = 60_000;

/** Sweeps now and then, while the store is connected. */
export class SweepTimer {
  /** Of the last to connect. */
  report: ReportTrouble | undefined;
  #cancel: CancelTimer | undefined;
  #sweeping: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(
    private readonly sweeper: Sweeper,
    private readonly clock: Clock,
  ) {
    this.#arm();
  }

  /** Sweeps now, after a sweep that is under way. */
  sweep(): Promise<void> {
    const swept = this.#sweeping.then(() => this.sweeper.sweep());
    // Whoever asked is told; the next sweep makes it good.
    this.#sweeping = swept.catch(() => undefined);
    return swept.then(() => undefined);
  }

  /** Resolves once nothing is swept any more, which takes long while the server is away. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel?.();
    await this.#sweeping;
  }

  #arm(): void {
    if (this.#stopped) return;
    this.#cancel = this.clock.timer(PAUSE_MS, () => {
      void this.sweep()
        // No call of anybody shows it. The next sweep tries again.
        .catch((error: unknown) => {
          this.report?.({ doing: 'forgetting what is past its retention', error });
        })
        .then(() => this.#arm());
    });
  }
}
