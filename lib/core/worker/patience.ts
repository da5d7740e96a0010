import type { Environment } from '../environment.js';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;

/** Growing pauses between tries of something that has to succeed some day. Says so in the log each time. */
export class Patience {
  #pauseMs = FIRST_PAUSE_MS;

  constructor(
    private readonly environment: Environment,
    private readonly message: string,
  ) {}

  async wait(error: unknown): Promise<void> {
    const pauseMs = this.#pauseMs;
    this.environment.log.warn(this.message, { error, pauseMs });
    this.#pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
    await new Promise<void>((resolve) => void this.environment.clock.timer(pauseMs, resolve));
  }
}
