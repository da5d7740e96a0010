import { Redis } from 'ioredis';
import type { StoresAddress } from '../../test/support/processes/stores-address.js';
import { FaultProxy } from '../../test/support/servers/fault-proxy.js';
import { RedisServer } from '../../test/support/servers/redis-server.js';
import type { Ground, Ordeal, Stores } from './ground.js';
import { networkOrdeals } from './network-ordeals.js';
import { openStores } from './open-stores.js';
import { pause } from './pause.js';
import { redisLeftovers } from './redis-leftovers.js';

/** Every write is on disk before it is answered. */
const DURABLE = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'always'];

/** A Redis that loses nothing that it has confirmed. */
export class RedisGround implements Ground {
  readonly ordeals: Readonly<Record<string, Ordeal>>;

  private constructor(
    private readonly server: RedisServer,
    private readonly proxy: FaultProxy,
    private readonly redis: Redis,
  ) {
    this.ordeals = { ...networkOrdeals(proxy), ...serverOrdeals(server, redis) };
  }

  static async open(): Promise<RedisGround> {
    const server = await RedisServer.start(DURABLE);
    const redis = new Redis(server.url, { maxRetriesPerRequest: null });
    // It comes back by itself.
    redis.on('error', () => {});
    return new RedisGround(server, await FaultProxy.start(server.port), redis);
  }

  /** By way of the proxy. */
  address(prefix: string): StoresAddress {
    return both(`redis://127.0.0.1:${this.proxy.port}`, prefix);
  }

  open(prefix: string): Promise<Stores> {
    return openStores(this.address(prefix));
  }

  openSafely(prefix: string): Promise<Stores> {
    return openStores(both(this.server.url, prefix));
  }

  leftovers(prefix: string, ids: ReadonlySet<string>): Promise<readonly string[]> {
    return redisLeftovers(this.redis, prefix, ids);
  }

  async clear(): Promise<void> {
    await this.redis.flushall();
  }

  async close(): Promise<void> {
    this.redis.disconnect();
    await this.proxy.stop();
    await this.server.stop();
  }
}

function both(url: string, prefix: string) {
  const store = { kind: 'redis', url, prefix } as const;
  return { broker: store, results: store };
}

function serverOrdeals(server: RedisServer, redis: Redis): Record<string, Ordeal> {
  return {
    restart: () => server.restart(),
    crash: async () => {
      await server.kill();
      await server.restart();
    },
    clients: async () => {
      for (let round = 0; round < 5; round += 1) {
        await redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
        await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
        await pause(100);
      }
    },
    stall: async () => {
      await redis.client('PAUSE', 800, 'ALL');
      await pause(800);
    },
    scripts: async () => {
      for (let round = 0; round < 3; round += 1) {
        await redis.script('FLUSH');
        await pause(100);
      }
    },
    full: async () => {
      await redis.config('SET', 'maxmemory', '1');
      await pause(700);
      await redis.config('SET', 'maxmemory', '0');
    },
  };
}
