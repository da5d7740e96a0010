import { connect, type NatsConnection } from 'nats';
import type { StoresAddress } from '../../test/support/processes/stores-address.js';
import { FaultProxy } from '../../test/support/servers/fault-proxy.js';
import { NatsServer } from '../../test/support/servers/nats-server.js';
import type { Ground, Ordeal, Stores } from './ground.js';
import { natsLeftovers } from './nats-leftovers.js';
import { networkOrdeals } from './network-ordeals.js';
import { openStores } from './open-stores.js';
import { pause } from './pause.js';

/** A NATS server with JetStream that keeps its streams in files. */
export class NatsGround implements Ground {
  readonly ordeals: Readonly<Record<string, Ordeal>>;

  private constructor(
    private readonly server: NatsServer,
    private readonly proxy: FaultProxy,
    private readonly connection: NatsConnection,
  ) {
    this.ordeals = {
      ...networkOrdeals(proxy),
      restart: () => server.restart(),
      crash: async () => {
        await server.kill();
        await server.restart();
      },
      stall: async () => {
        process.kill(server.pid, 'SIGSTOP');
        await pause(800);
        process.kill(server.pid, 'SIGCONT');
      },
      consumers: () => deleteConsumers(connection),
    };
  }

  static async open(): Promise<NatsGround> {
    const server = await NatsServer.start();
    const connection = await connect({
      servers: server.url,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 50,
    });
    return new NatsGround(server, await FaultProxy.start(server.port), connection);
  }

  /** By way of the proxy. */
  address(prefix: string): StoresAddress {
    return both(`nats://127.0.0.1:${this.proxy.port}`, prefix);
  }

  open(prefix: string): Promise<Stores> {
    return openStores(this.address(prefix));
  }

  openSafely(prefix: string): Promise<Stores> {
    return openStores(both(this.server.url, prefix));
  }

  leftovers(prefix: string, ids: ReadonlySet<string>): Promise<readonly string[]> {
    return natsLeftovers(this.connection, prefix, ids);
  }

  async clear(prefix: string): Promise<void> {
    const manager = await this.connection.jetstreamManager();
    for await (const name of manager.streams.names())
      if (name.startsWith(`${prefix}-`)) await manager.streams.delete(name);
  }

  async close(): Promise<void> {
    await this.connection.close();
    await this.proxy.stop();
    await this.server.stop();
  }
}

/** Somebody tidies up, and does not know what they do. */
async function deleteConsumers(connection: NatsConnection): Promise<void> {
  const manager = await connection.jetstreamManager();
  for await (const stream of manager.streams.names())
    for await (const { name } of manager.consumers.list(stream))
      await manager.consumers.delete(stream, name).catch(() => false);
}

function both(url: string, prefix: string) {
  const store = { kind: 'nats', url, prefix } as const;
  return { broker: store, results: store };
}
