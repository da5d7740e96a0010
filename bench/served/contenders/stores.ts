import type { Broker, Results } from 'nestjs-tasqueue';

/** Where Tasqueue keeps jobs and outcomes: both on the server of this address, whichever it is. */
export async function storesAt(
  url: string,
): Promise<{ readonly broker: Broker; readonly results: Results }> {
  if (url.startsWith('nats:')) {
    const { NatsBroker, NatsResults } = await import('nestjs-tasqueue/nats');
    return { broker: new NatsBroker({ servers: url }), results: new NatsResults({ servers: url }) };
  }
  const { RedisBroker, RedisResults } = await import('nestjs-tasqueue/redis');
  return { broker: new RedisBroker({ url }), results: new RedisResults({ url }) };
}
