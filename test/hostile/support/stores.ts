import { randomUUID } from 'node:crypto';
import { MemoryBroker } from '../../../lib/adapters/memory/memory-broker.js';
import { MemoryResults } from '../../../lib/adapters/memory/memory-results.js';
import { NatsBroker, NatsResults } from '../../../lib/nats/index.js';
import { RedisBroker, RedisResults } from '../../../lib/redis/index.js';
import type { Broker } from '../../../lib/core/ports/broker.js';
import type { Results } from '../../../lib/core/ports/results.js';
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
  };
}

function natsSite(): StoresSite {
  let server: NatsServer | undefined;
  return {
    name: 'nats',
    start: async () => {
      server = await NatsServer.start();
    },
    stop: async () => server?.stop(),
    open: (prefix: string = randomUUID()) => {
      const connection = { servers: server?.url ?? '', name: prefix };
      return {
        broker: new NatsBroker(connection, { prefix }),
        results: new NatsResults(connection, { prefix }),
      };
    },
  };
}

/** One of each kind. */
export function storesSites(): readonly StoresSite[] {
  return [memorySite(), redisSite(), natsSite()];
}
