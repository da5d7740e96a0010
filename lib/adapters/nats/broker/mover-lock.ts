import { CODES, hasCode } from '../connection/failures.js';
import type { Ground } from './ground.js';

/** Who has the lock shows himself this often. */
export const SHOW_MS = 1_000;
/** Who was silent for this long has lost it. */
const SILENT_MS = 3_000;

/**
 * Lets one client at a time move what comes due, so that it is moved in order. Two at once, for a
 * moment, do no harm but to the order: tickets may be put twice.
 */
export class MoverLock {
  #revision = 0;
  /** Held, as far as we know. */
  #held = false;
  #shownAt = -Infinity;

  constructor(private readonly ground: Ground) {}

  get held(): boolean {
    return this.#held && performance.now() - this.#shownAt < SILENT_MS;
  }

  /** Shows that we are there, or tries to take the place of one who is not. */
  async show(): Promise<void> {
    const { jetStream, layout, client, clock } = this.ground;
    const sentAt = performance.now();
    if (!this.#held) {
      const found = await jetStream.lastOn(layout.control, layout.mover);
      const ours = found && Buffer.from(found.data).toString() === client;
      if (found && !ours && clock.now() - found.storedAt < SILENT_MS) return;
      this.#revision = found?.sequence ?? 0;
    }
    try {
      this.#revision = await jetStream.publish(layout.mover, Buffer.from(client), this.#revision);
      this.#held = true;
      this.#shownAt = sentAt;
    } catch (error) {
      this.#held = false;
      if (!hasCode(error, CODES.wrongLastSequence)) throw error;
    }
  }

  /** Leaves it to the next at once. */
  async leave(): Promise<void> {
    const { jetStream, layout, link } = this.ground;
    if (!this.#held || !link.exchange.connected) return;
    this.#held = false;
    await jetStream.delete(layout.control, this.#revision);
    link.exchange.tell(layout.notice('mover'));
  }
}
