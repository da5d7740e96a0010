import { systemRandom } from '../../core/random.js';
import { BrokerUnavailableError, TasqueueError } from '../../core/errors.js';
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
} from '../../core/ports/broker.js';
import type { ReportTrouble } from '../../core/ports/trouble.js';
import type { BrokerInspector } from '../../core/ports/broker-inspector.js';
import { Engine } from './broker/engine.js';
import { Layout } from './broker/layout.js';
import { Notices } from './broker/notices.js';
import {
  type NatsServers,
  type NatsStoreOptions,
  type NatsStoreSettings,
  checkServers,
  storeSettings,
} from './connection/nats-connection.js';
import { JetStream } from './connection/jetstream.js';
import { sharedLink, type SharedLink } from './connection/shared-link.js';

/** What a record or a ticket adds to a body, with room to spare. */
const OVERHEAD_BYTES = 16_384;
const DEFAULT_MAX_PAYLOAD = 1_048_576;

/**
 * A broker on NATS JetStream, 2.10 or later. All processes with the same servers and prefix share it.
 * Nothing connects before `connect`, which throws CapabilityError when the server cannot do what is
 * needed, and InvalidOptionsError comes at once for options that cannot work.
 */
export class NatsBroker implements Broker {
  readonly name = 'nats';
  readonly inspect: BrokerInspector;
  readonly #settings: NatsStoreSettings;
  readonly #shared: SharedLink;
  readonly #notices = new Notices();
  /** Calls under way. */
  readonly #calls = new Set<Promise<unknown>>();
  #users = 0;
  /** Of the last to connect. */
  #report: ReportTrouble | undefined;
  #engine: Promise<Engine> | undefined;
  #maxBodyBytes = DEFAULT_MAX_PAYLOAD - OVERHEAD_BYTES;

  constructor(servers: NatsServers, options?: NatsStoreOptions) {
    checkServers('NatsBroker', servers);
    this.#settings = storeSettings('NatsBroker', options);
    this.#shared = sharedLink(servers);
    this.inspect = {
      queues: () => this.#do(({ inspector }) => inspector.queues()),
      counts: (queue) => this.#do(({ inspector }) => inspector.counts(queue)),
      page: (queue, state, page) => this.#do(({ inspector }) => inspector.page(queue, state, page)),
      schedules: () => this.#do(({ inspector }) => inspector.schedules()),
      sessions: () => this.#do(({ inspector }) => inspector.sessions()),
    };
  }

  /** The longest body is the server's `max_payload`, less what is sent around it. */
  get capabilities(): BrokerCapabilities {
    return { atomicEnqueue: false, maxBodyBytes: this.#maxBodyBytes };
  }

  async connect({ report }: BrokerSettings = {}): Promise<void> {
    this.#users += 1;
    this.#report = report;
    this.#engine ??= this.#open();
    try {
      await this.#engine;
    } catch (error) {
      this.#users -= 1;
      this.#engine = undefined;
      throw unavailable(error);
    }
  }

  async close(): Promise<void> {
    this.#users = Math.max(0, this.#users - 1);
    if (this.#users > 0) return;
    const engine = await this.#engine;
    this.#engine = undefined;
    if (engine === undefined) return;
    engine.endWaits();
    await Promise.allSettled(this.#calls);
    await engine.stop();
    await this.#shared.release();
  }

  ping(): Promise<number> {
    return this.#do((engine) => engine.askTime());
  }

  enqueue(messages: readonly Message[]): Promise<readonly EnqueueReply[]> {
    if (messages.length === 0) return Promise.resolve([]);
    const ids = messages.map(({ id }) => id);
    return this.#do(({ enqueuer }) => enqueuer.enqueue(messages), ids);
  }

  remove(keys: readonly MessageKey[]): Promise<readonly boolean[]> {
    if (keys.length === 0) return Promise.resolve([]);
    return this.#do(({ remover }) => remover.remove(keys));
  }

  find(ids: readonly string[]): Promise<readonly (StoredMessage | undefined)[]> {
    return this.#do(({ finder }) => finder.find(ids));
  }

  open(info: SessionInfo): Promise<void> {
    return this.#do(async ({ sessions }) => void (await sessions.open(info)));
  }

  work(request: WorkRequest): Promise<WorkReply> {
    return this.#do(async ({ sessions, desk }) =>
      desk.work(sessions.get(request.session), request),
    );
  }

  beat(name: string): Promise<BeatReply> {
    return this.#do((engine) => engine.beat(name));
  }

  reclaim(request: ReclaimRequest): Promise<readonly string[]> {
    return this.#do(({ sessions }) => sessions.reclaim(request));
  }

  leave(name: string): Promise<void> {
    return this.#do(({ sessions }) => sessions.leave(name));
  }

  pause(queue: string, paused: boolean): Promise<void> {
    return this.#do(({ queues }) => queues.pause(queue, paused));
  }

  broadcast(notice: Notice): Promise<void> {
    return this.#do(async ({ ground: { link, layout } }) => {
      link.exchange.tell(layout.notice('user'), Buffer.from(JSON.stringify(notice)));
    });
  }

  listen(hear: (notice: Notice) => void): () => void {
    return this.#notices.listen(hear);
  }

  async #open(): Promise<Engine> {
    const link = await this.#shared.acquire();
    try {
      const layout = new Layout(this.#settings.prefix);
      const { clock, connection } = link;
      // How many copies a stream has is the operator's to change.
      const readsFrom = link.isClustered ? 'leader' : 'any';
      const jetStream = new JetStream(link.exchange, readsFrom);
      const client = systemRandom.id();
      const report: ReportTrouble = (trouble) => {
        if (link.exchange.connected) this.#report?.(trouble);
      };
      const engine = new Engine(
        { link, jetStream, clock, layout, settings: this.#settings, client, report },
        (notice) => this.#notices.tell(notice),
      );
      await engine.start();
      this.#maxBodyBytes = (connection.info?.max_payload ?? DEFAULT_MAX_PAYLOAD) - OVERHEAD_BYTES;
      return engine;
    } catch (error) {
      await this.#shared.release();
      throw error;
    }
  }

  async #do<T>(call: (engine: Engine) => Promise<T>, ids?: readonly string[]): Promise<T> {
    if (this.#engine === undefined) throw new BrokerUnavailableError('NatsBroker is not connected');
    const result = this.#engine.then(call);
    this.#calls.add(result);
    try {
      return await result;
    } catch (error) {
      throw unavailable(error, ids);
    } finally {
      this.#calls.delete(result);
    }
  }
}

/** Errors of ours say enough; anything else came of the way to the server. Never tells credentials. */
function unavailable(cause: unknown, ids?: readonly string[]): Error {
  if (cause instanceof TasqueueError) return cause;
  const reason = cause instanceof Error ? cause.message : 'unknown';
  return new BrokerUnavailableError(`NATS cannot be reached, or failed: ${reason}`, { cause, ids });
}
