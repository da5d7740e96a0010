import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { MemoryBroker } from '../../../lib/adapters/memory/memory-broker.js';
import { MemoryResults } from '../../../lib/adapters/memory/memory-results.js';
import { NatsBroker, NatsResults } from '../../../lib/nats/index.js';
import { RedisBroker, RedisResults } from '../../../lib/redis/index.js';
import type { Broker } from '../../../lib/core/ports/broker.js';
import type { Results } from '../../../lib/core/ports/results.js';
import { freePort } from '../../support/servers/free-port.js';
import { NatsServer } from '../../support/servers/nats-server.js';
import { RedisServer } from '../../support/servers/redis-server.js';

export interface Stores {
  readonly broker: Broker;
  readonly results: Results;
}

/** Stores of one kind, on a server of the tests' own where they need one. */
export interface StoresSite {
  readonly name: 'memory' | 'redis' | 'nats';
  start(): Promise<void>;
  stop(): Promise<void>;
  /** An empty pair; of the same prefix: the same pair, seen by another process where there are others. */
  open(prefix?: string): Stores;
  /** How many the server counts of us. */
  connections(): Promise<number>;
}

function memorySite(): StoresSite {
  const opened = new Map<string, Stores>();
  return {
    name: 'memory',
    start: async () => undefined,
    stop: async () => undefined,
    open: (prefix: string = randomUUID()) => {
      const stores = opened.get(prefix) ?? {
        broker: new MemoryBroker(),
        results: new MemoryResults(),
      };
      opened.set(prefix, stores);
      return stores;
    },
    connections: async () => 0,
  };
}

function redisSite(): StoresSite {
  let server: RedisServer | undefined;
  return {
    name: 'redis',
    start: async () => {
      server = await RedisServer.start();
    },
    stop: async () => server?.stop(),
    open: (prefix: string = randomUUID()) => {
      const options = { port: server?.port ?? 0 };
      return {
        broker: new RedisBroker({ options }, { prefix }),
        results: new RedisResults({ options }, { prefix }),
      };
    },
    connections: async () => {
      const redis = new Redis({ port: server?.port ?? 0 });
      const list = String(await redis.client('LIST'));
      redis.disconnect();
      return list
        .trim()
        .split('\n')
        .filter((line) => line.includes('name=tasqueue')).length;
    },
  };
}

function natsSite(): StoresSite {
  let server: NatsServer | undefined;
  let port = 0;
  return {
    name: 'nats',
    start: async () => {
      port = await freePort();
      server = await NatsServer.start({ args: ['-m', `${port}`] });
    },
    stop: async () => server?.stop(),
    open: (prefix: string = randomUUID()) => {
      const connection = { servers: server?.url ?? '', name: prefix };
      return {
        broker: new NatsBroker(connection, { prefix }),
        results: new NatsResults(connection, { prefix }),
      };
    },
    connections: async () => {
      const reply = await fetch(`http://127.0.0.1:${port}/connz`);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as the server monitors itself
      return ((await reply.json()) as { num_connections: number }).num_connections;
    },
  };
}

/** One of each kind. */
export function storesSites(): readonly StoresSite[] {
  return [memorySite(), redisSite(), natsSite()];
}
