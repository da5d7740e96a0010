import type { Broker, Results } from 'nestjs-tasqueue';

/** Where a store is, in words that travel to another process. */
export interface StoreAddress {
  readonly kind: 'redis' | 'nats';
  readonly url: string;
  readonly prefix: string;
}

export interface StoresAddress {
  readonly broker: StoreAddress;
  readonly results: StoreAddress;
}

export async function openBroker({ kind, url, prefix }: StoreAddress): Promise<Broker> {
  if (kind === 'nats') {
    const { NatsBroker } = await import('nestjs-tasqueue/nats');
    return new NatsBroker({ servers: url }, { prefix });
  }
  const { RedisBroker } = await import('nestjs-tasqueue/redis');
  return new RedisBroker({ url }, { prefix });
}

export async function openResults({ kind, url, prefix }: StoreAddress): Promise<Results> {
  if (kind === 'nats') {
    const { NatsResults } = await import('nestjs-tasqueue/nats');
    return new NatsResults({ servers: url }, { prefix });
  }
  const { RedisResults } = await import('nestjs-tasqueue/redis');
  return new RedisResults({ url }, { prefix });
}
