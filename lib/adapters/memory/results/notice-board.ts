import type { Clock } from '../../../core/clock.js';
import type { NoticePost, PostedNotice } from '../../../core/ports/results.js';

interface Topic {
  readonly bodies: Map<string, Uint8Array>;
  /** Epoch ms. */
  until: number;
}

/** Small values by topic. What has expired goes as others post: there are few topics at a time. */
export class NoticeBoard {
  readonly #topics = new Map<string, Topic>();

  constructor(private readonly clock: Clock) {}

  post(notices: readonly NoticePost[]): void {
    this.#forgetExpired();
    const now = this.clock.now();
    for (const { topic: name, name: field, body, ttlMs } of notices) {
      const topic = this.#topics.get(name) ?? { bodies: new Map<string, Uint8Array>(), until: 0 };
      topic.bodies.set(field, Uint8Array.from(body));
      topic.until = now + ttlMs;
      this.#topics.set(name, topic);
    }
  }

  read(name: string): readonly PostedNotice[] {
    this.#forgetExpired();
    const bodies = this.#topics.get(name)?.bodies ?? new Map<string, Uint8Array>();
    return [...bodies].map(([field, body]) => ({ name: field, body }));
  }

  #forgetExpired(): void {
    const now = this.clock.now();
    for (const [name, { until }] of this.#topics) if (until <= now) this.#topics.delete(name);
  }
}
