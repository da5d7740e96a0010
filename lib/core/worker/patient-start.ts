import type { CancelTimer } from '../clock.js';
import type { Environment } from '../environment.js';
import { CapabilityError, ClosedError } from '../errors.js';

const FIRST_PAUSE_MS = 250;
/** Long enough to leave a struggling store alone, short enough to be back soon after it is mended. */
const LONGEST_PAUSE_MS = 15_000;

/** Starts the workers of an app that has booted without its stores: again and again until it works. */
export class PatientStart {
  #pauseMs = FIRST_PAUSE_MS;
  #cancelPause: CancelTimer = () => {};
  #cancelled = false;

  constructor(
    private readonly start: () => Promise<void>,
    private readonly environment: Environment,
  ) {}

  /** Never rejects; resolves once started, cancelled, or hopeless. */
  async run(): Promise<void> {
    while (!this.#cancelled)
      try {
        await this.start();
        return;
      } catch (error) {
        this.#tell(error);
        if (hopeless(error)) return;
        if (!this.#cancelled) await this.#pause();
      }
  }

  cancel(): void {
    this.#cancelled = true;
    this.#cancelPause();
  }

  #tell(error: unknown): void {
    if (this.#cancelled) return;
    const next = hopeless(error) ? '' : `, trying again in ${this.#pauseMs} ms`;
    this.environment.log.error(`the workers could not be started${next}`, { error });
  }

  #pause(): Promise<void> {
    const pauseMs = this.#pauseMs;
    this.#pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    return new Promise((resolve) => {
      const cancelTimer = this.environment.clock.timer(pauseMs, resolve);
      this.#cancelPause = () => {
        cancelTimer();
        resolve();
      };
    });
  }
}

/** What a store cannot do now it cannot do later; what was closed stays closed. */
function hopeless(error: unknown): boolean {
  return error instanceof CapabilityError || error instanceof ClosedError;
}
