import { MemoryBroker, MemoryResults, type TasqueueOptions } from 'nestjs-tasqueue';

export type Stores = Required<Pick<TasqueueOptions, 'broker' | 'results'>>;

/** A kind of server that the shop can keep its jobs in, and how it is found. */
export interface StoreKind {
  /** Names the address in the environment; without one there is no server to find. */
  readonly variable?: string;
  /** Where it is if nobody says. */
  readonly defaultUrl?: string;
  /** Not connected yet. Loads the driver. */
  open(url: string, prefix?: string): Promise<Stores>;
  /** Takes everything away that lies under this prefix. */
  clear(url: string, prefix: string): Promise<void>;
}

const memory: StoreKind = {
  open: async () => ({ broker: new MemoryBroker(), results: new MemoryResults() }),
  clear: async () => undefined,
};

const redis: StoreKind = {
  variable: 'REDIS_URL',
  defaultUrl: 'redis://127.0.0.1:6379',
  async open(url, prefix) {
    const { RedisBroker, RedisResults } = await import('nestjs-tasqueue/redis');
    return {
      broker: new RedisBroker({ url }, { prefix }),
      results: new RedisResults({ url }, { prefix }),
    };
  },
  async clear(url, prefix) {
    const { Redis } = await import('ioredis');
    const client = new Redis(url);
    for await (const keys of client.scanStream({ match: `{${prefix}}*`, count: 1_000 }))
      if (Array.isArray(keys) && keys.length > 0) await client.unlink(keys.map(String));
    client.disconnect();
  },
};

const nats: StoreKind = {
  variable: 'NATS_URL',
  defaultUrl: 'nats://127.0.0.1:4222',
  async open(servers, prefix) {
    const { NatsBroker, NatsResults } = await import('nestjs-tasqueue/nats');
    return {
      broker: new NatsBroker({ servers }, { prefix }),
      results: new NatsResults({ servers }, { prefix }),
    };
  },
  async clear(servers, prefix) {
    const { connect } = await import('nats');
    const connection = await connect({ servers });
    const manager = await connection.jetstreamManager();
    for await (const name of manager.streams.names())
      if (name.includes(prefix)) await manager.streams.delete(name);
    await connection.close();
  },
};

export const STORE_KINDS = { memory, redis, nats } as const satisfies Record<string, StoreKind>;

export type StoreKindName = keyof typeof STORE_KINDS;
