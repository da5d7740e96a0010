import { connect, Events, type NatsConnection } from 'nats';
import { CapabilityError } from '../../../core/errors.js';
import type { NatsServers } from './nats-connection.js';
import { CODES, hasCode } from './failures.js';
import { Exchange } from './exchange.js';
import { JetStream } from './jetstream.js';
import { ServerClock } from './server-clock.js';

const OLDEST_SERVER = [2, 10] as const;

/** Ours where the user says nothing: never give up, and be back soon after a restart. */
const DEFAULTS = {
  name: 'tasqueue',
  maxReconnectAttempts: -1,
  reconnectTimeWait: 100,
  reconnectJitter: 50,
  pingInterval: 10_000,
};

/** An open connection and what we do with it. */
export class NatsLink {
  readonly jetStream: JetStream;
  readonly exchange: Exchange;
  readonly clock = new ServerClock();
  readonly #reconnected = new Set<() => void>();
  #unfollow = (): void => undefined;

  private constructor(
    readonly connection: NatsConnection,
    private readonly ours: boolean,
  ) {
    this.exchange = new Exchange(connection);
    this.jetStream = new JetStream(this.exchange);
    void this.#follow();
  }

  /** Throws CapabilityError for a server that is too old, or has no JetStream for this account. */
  static async open(servers: NatsServers): Promise<NatsLink> {
    const ours = !('connection' in servers);
    const connection = ours
      ? await connect({ ...DEFAULTS, ...servers, noAsyncTraces: true })
      : servers.connection;
    const link = new NatsLink(connection, ours);
    try {
      await link.#check();
    } catch (error) {
      await link.close();
      throw error;
    }
    return link;
  }

  /** Calls it after each reconnect, until the returned function is called. */
  onReconnect(hear: () => void): () => void {
    this.#reconnected.add(hear);
    return () => void this.#reconnected.delete(hear);
  }

  /** The server has others that stand in for it. */
  get isClustered(): boolean {
    return this.connection.info?.cluster !== undefined;
  }

  async close(): Promise<void> {
    this.#unfollow();
    this.exchange.end();
    if (this.ours) await this.connection.close();
  }

  async #check(): Promise<void> {
    const { info } = this.connection;
    if (info === undefined) return;
    if (!isRecent(info.version))
      throw new CapabilityError(
        `NATS server ${info.version} is too old: ${OLDEST_SERVER.join('.')} or later is needed`,
      );
    if (info.jetstream !== true) throw withoutJetStream();
    try {
      await this.jetStream.request('INFO');
    } catch (error) {
      if (hasCode(error, CODES.notEnabled, CODES.notEnabledForAccount)) throw withoutJetStream();
      throw error;
    }
  }

  async #follow(): Promise<void> {
    const statuses = this.connection.status();
    // The driver's own iterator can be stopped, which its type does not say; else it ends with the connection.
    if (isStoppable(statuses)) this.#unfollow = () => statuses.stop();
    for await (const status of statuses) {
      if (status.type === Events.Disconnect) this.exchange.broke();
      else if (status.type === Events.Error && status.permissionContext)
        this.exchange.refused(status.permissionContext.subject);
      else if (status.type === Events.Reconnect) this.#mended();
    }
    this.exchange.end();
  }

  #mended(): void {
    this.exchange.mended();
    for (const hear of this.#reconnected) hear();
  }
}

function isStoppable(iterator: object): iterator is { stop(): void } {
  return 'stop' in iterator && typeof iterator.stop === 'function';
}

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST_SERVER[0] || (major === OLDEST_SERVER[0] && minor >= OLDEST_SERVER[1]);
}

function withoutJetStream(): CapabilityError {
  return new CapabilityError('this NATS server has no JetStream for this account: enable it');
}
