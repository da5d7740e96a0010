import type { Notice } from '../../../core/ports/broker.js';
import type { BrokerServer } from './broker-server.js';
import { list } from '../scripts/reply.js';

type Hear = (notice: Notice) => void;

/** Notices to every process, by a channel of the prefix. It is subscribed to while somebody listens. */
export class Notices {
  /** Each call of `listen` counts, also with a function that listens already. */
  readonly #listeners = new Set<{ readonly hear: Hear }>();
  #connected = false;
  #leave: (() => void) | undefined;

  constructor(private readonly server: BrokerServer) {}

  connected(): void {
    this.#connected = true;
    this.#follow();
  }

  closed(): void {
    this.#connected = false;
    this.#follow();
  }

  listen(hear: Hear): () => void {
    const listener = { hear };
    this.#listeners.add(listener);
    this.#follow();
    return () => {
      this.#listeners.delete(listener);
      this.#follow();
    };
  }

  async broadcast({ topic, body }: Notice): Promise<void> {
    await this.server.publish(this.#channel, JSON.stringify([topic, body]));
  }

  get #channel(): string {
    return `${this.server.base}:b:notices`;
  }

  /** Nothing is opened before `connect`, and nothing stays open for nobody. */
  #follow(): void {
    const needed = this.#connected && this.#listeners.size > 0;
    if (needed) this.#leave ??= this.server.listen(this.#channel, (message) => this.#hear(message));
    else {
      this.#leave?.();
      this.#leave = undefined;
    }
  }

  #hear(message: string): void {
    const notice = readNotice(message);
    if (notice === undefined) return;
    for (const { hear } of this.#listeners)
      try {
        hear(notice);
      } catch {
        // Notices are best effort, and the others have no part in what one listener does.
      }
  }
}

/** Undefined for what was not said by us. */
function readNotice(message: string): Notice | undefined {
  try {
    const [topic, body] = list(JSON.parse(message));
    return typeof topic === 'string' && typeof body === 'string' ? { topic, body } : undefined;
  } catch {
    return undefined;
  }
}
