import type { Acceptances } from './acceptances.js';
import type { Clock } from './clock.js';
import { CALL_TIMEOUT_MS, within } from './deadline.js';
import { BrokerUnavailableError } from './errors.js';
import type {
  BeatReply,
  Broker,
  BrokerCapabilities,
  BrokerSettings,
  EnqueueReply,
  Message,
  MessageKey,
  Notice,
  ReclaimRequest,
  SessionInfo,
  StoredMessage,
  WorkReply,
  WorkRequest,
} from './ports/broker.js';
import type { BrokerInspector } from './ports/broker-inspector.js';

/**
 * What every broker needs, in one place: each call ends in bounded time (with a half-open connection an
 * answer may never come), and whatever is accepted is told.
 */
export class BoundedBroker implements Broker {
  readonly inspect: BrokerInspector;

  constructor(
    private readonly inner: Broker,
    private readonly parts: {
      readonly clock: Clock;
      readonly enqueueTimeoutMs: number;
      readonly acceptances: Acceptances;
    },
  ) {
    const { inspect } = inner;
    this.inspect = {
      queues: () => this.#bounded(inspect.queues()),
      counts: (queue) => this.#bounded(inspect.counts(queue)),
      page: (queue, state, page) => this.#bounded(inspect.page(queue, state, page)),
      schedules: () => this.#bounded(inspect.schedules()),
      sessions: () => this.#bounded(inspect.sessions()),
    };
  }

  get name(): string {
    return this.inner.name;
  }
  get capabilities(): BrokerCapabilities {
    return this.inner.capabilities;
  }

  /** Not bounded: how long to wait at boot is `startupTimeout`'s to say. */
  connect(settings?: BrokerSettings): Promise<readonly string[] | void> {
    return this.inner.connect(settings);
  }
  close(): Promise<void> {
    return this.#bounded(this.inner.close());
  }
  ping(): Promise<number> {
    return this.#bounded(this.inner.ping());
  }
  async enqueue(messages: readonly Message[]): Promise<readonly EnqueueReply[]> {
    const { acceptances, enqueueTimeoutMs } = this.parts;
    const replies = await this.#bounded(this.inner.enqueue(messages), enqueueTimeoutMs);
    acceptances.tell(messages, replies);
    return replies;
  }
  remove(keys: readonly MessageKey[]): Promise<readonly boolean[]> {
    return this.#bounded(this.inner.remove(keys));
  }
  find(ids: readonly string[]): Promise<readonly (StoredMessage | undefined)[]> {
    return this.#bounded(this.inner.find(ids));
  }
  open(info: SessionInfo): Promise<void> {
    return this.#bounded(this.inner.open(info));
  }
  work(request: WorkRequest): Promise<WorkReply> {
    return this.#bounded(this.inner.work(request), request.waitMs + CALL_TIMEOUT_MS);
  }
  beat(session: string): Promise<BeatReply> {
    return this.#bounded(this.inner.beat(session));
  }
  reclaim(request: ReclaimRequest): Promise<readonly string[]> {
    return this.#bounded(this.inner.reclaim(request));
  }
  leave(session: string): Promise<void> {
    return this.#bounded(this.inner.leave(session));
  }
  pause(queue: string, paused: boolean): Promise<void> {
    return this.#bounded(this.inner.pause(queue, paused));
  }
  broadcast(notice: Notice): Promise<void> {
    return this.#bounded(this.inner.broadcast(notice));
  }
  listen(hear: (notice: Notice) => void): () => void {
    return this.inner.listen(hear);
  }

  #bounded<T>(call: Promise<T>, ms = CALL_TIMEOUT_MS): Promise<T> {
    return within(this.parts.clock, ms, call, () => {
      return new BrokerUnavailableError(`${this.inner.name} did not answer within ${ms} ms`);
    });
  }
}
