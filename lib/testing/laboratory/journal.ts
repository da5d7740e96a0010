import type { Message, StoredMessage } from '../../core/ports/message.js';

/** Every job and schedule that a broker has accepted, in order, as it was then. */
export class Journal {
  #entries: StoredMessage[] = [];

  get entries(): readonly StoredMessage[] {
    return this.#entries;
  }

  /** `now`: epoch ms. */
  note({ dueAt, delayMs = 0, ...message }: Message, now: number): void {
    if (message.kind === 'plan') return;
    const at = dueAt ?? now + delayMs;
    this.#entries.push({
      ...message,
      state: at > now ? 'delayed' : 'waiting',
      dueAt: at,
      crashes: 0,
    });
  }

  clear(): void {
    this.#entries = [];
  }
}
