import { Redis } from 'ioredis';
import type { StoresAddress } from '../../test/support/processes/stores-address.js';
import { freePort } from '../../test/support/servers/free-port.js';
import { NatsServer } from '../../test/support/servers/nats-server.js';
import { RedisServer } from '../../test/support/servers/redis-server.js';

/** What a server says of itself. */
export interface ServerFacts {
  readonly connections: number;
  /** Redis: keys. NATS: streams and consumers. */
  readonly keys: number;
  /** Redis: memory. NATS: streams on disk. */
  readonly bytes: number;
}

export interface SoakServer {
  readonly stores: StoresAddress;
  facts(): Promise<ServerFacts>;
  stop(): Promise<void>;
}

const both = (kind: 'redis' | 'nats', url: string): StoresAddress => {
  const store = { kind, url, prefix: 'soak' } as const;
  return { broker: store, results: store };
};

export async function startRedis(): Promise<SoakServer> {
  const server = await RedisServer.start(['--save', '', '--appendonly', 'yes']);
  const redis = new Redis(server.url);
  return {
    stores: both('redis', server.url),
    facts: async () => {
      const info = await redis.info();
      const told = (name: string): number =>
        Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1]);
      return {
        connections: told('connected_clients'),
        keys: await redis.dbsize(),
        bytes: told('used_memory'),
      };
    },
    stop: async () => {
      redis.disconnect();
      await server.stop();
    },
  };
}

export async function startNats(): Promise<SoakServer> {
  const port = await freePort();
  const server = await NatsServer.start({ args: ['-m', `${port}`] });
  const told = async (what: string): Promise<Record<string, number>> => {
    const reply = await fetch(`http://127.0.0.1:${port}/${what}`);
    // oxlint-disable-next-line no-unsafe-type-assertion -- the numbers among what the server monitors
    return (await reply.json()) as Record<string, number>;
  };
  return {
    stores: both('nats', server.url),
    facts: async () => {
      const [{ connections = 0 }, { streams = 0, consumers = 0, storage = 0 }] = await Promise.all([
        told('varz'),
        told('jsz'),
      ]);
      return { connections, keys: streams + consumers, bytes: storage };
    },
    stop: () => server.stop(),
  };
}
