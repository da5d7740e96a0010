import { CODES, hasCode } from '../connection/failures.js';
import type { Ground } from './ground.js';
import type { Level } from './level.js';
import type { Queues } from './queues.js';

interface ConsumerState {
  readonly num_pending: number;
  readonly num_ack_pending: number;
  readonly num_waiting: number;
}

interface StreamState {
  readonly state: { readonly messages: number };
}

/**
 * Looks after consumers. One that stands still (it says that nothing is pending while its stream holds
 * messages; servers of several versions have done that) is renewed once it was seen so twice.
 */
export class Watchdog {
  /** Keys of levels that were seen standing still. */
  readonly #suspects = new Set<string>();
  readonly #renewing = new Set<string>();

  constructor(
    private readonly ground: Ground,
    private readonly queues: Queues,
  ) {}

  /** Never rejects. */
  async look(queues: readonly string[]): Promise<void> {
    const levels = queues.flatMap((queue) => this.queues.levels(queue));
    await Promise.all(
      levels.map((level) => this.#look(level).catch((error: unknown) => this.#report(error))),
    );
  }

  /** A pull had no answer: the consumer is gone, or was not ready yet. */
  async missed(level: Level): Promise<void> {
    const { stream, consumer } = level;
    try {
      await this.ground.jetStream.request(`CONSUMER.INFO.${stream}.${consumer}`);
    } catch (error) {
      if (hasCode(error, CODES.consumerNotFound)) await this.#renew(level);
      else this.#report(error);
    }
  }

  #report(error: unknown): void {
    this.ground.report({ doing: 'looking after its consumers', error });
  }

  /** Once at a time for each; an error leaves it to the next who misses it. */
  async #renew(level: Level): Promise<void> {
    if (this.#renewing.has(level.key)) return;
    this.#renewing.add(level.key);
    try {
      await this.queues.renew(level);
    } catch (error) {
      this.#report(error);
    } finally {
      this.#renewing.delete(level.key);
    }
  }

  async #look(level: Level): Promise<void> {
    const { jetStream } = this.ground;
    const { stream, consumer, key } = level;
    const [{ num_pending, num_ack_pending, num_waiting }, { state }] = await Promise.all([
      jetStream.request<ConsumerState>(`CONSUMER.INFO.${stream}.${consumer}`),
      jetStream.request<StreamState>(`STREAM.INFO.${stream}`),
    ]);
    const still =
      num_waiting > 0 && num_pending === 0 && num_ack_pending === 0 && state.messages > 0;
    if (!still) this.#suspects.delete(key);
    else if (this.#suspects.has(key)) {
      this.#suspects.delete(key);
      await this.#renew(level);
    } else this.#suspects.add(key);
  }
}
