import { Redis } from 'ioredis';
import type { Producer } from '../contenders/enqueueing.js';

/** A round trip in place of each call; many in one pipeline in place of a call that takes many. */
class Ping implements Producer {
  constructor(private readonly client: Redis) {}

  async addOne(): Promise<void> {
    await this.client.ping();
  }

  async addMany(orders: readonly unknown[]): Promise<void> {
    const pipeline = this.client.pipeline();
    for (let index = 0; index < orders.length; index += 1) pipeline.ping();
    await pipeline.exec();
  }

  async close(): Promise<void> {
    await this.client.quit();
  }
}

export async function openPing({ url }: { readonly url: string }): Promise<Ping> {
  return new Ping(new Redis(url));
}
