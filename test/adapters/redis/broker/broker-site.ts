import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type {
  Delivery,
  Message,
  WorkReply,
  WorkRequest,
} from '../../../../lib/core/ports/broker.js';
import { RedisBroker } from '../../../../lib/redis/index.js';
import { RedisServer } from '../../../support/servers/redis-server.js';

export const QUEUE = 'orders';

/** A server for the tests of one file; each test has a prefix of its own. */
export function openSite(): BrokerSite {
  const site = new BrokerSite();
  beforeAll(() => site.open());
  afterAll(() => site.close());
  return site;
}

export class BrokerSite {
  #server: RedisServer | undefined;
  #admin: Redis | undefined;

  async open(): Promise<void> {
    this.#server = await RedisServer.start();
    this.#admin = new Redis(this.#server.url);
  }

  async close(): Promise<void> {
    this.#admin?.disconnect();
    await this.#server?.stop();
  }

  /** A client that is none of ours. */
  get admin(): Redis {
    if (!this.#admin) throw new Error('the site is not open');
    return this.#admin;
  }

  /** A connected broker, closed as the test ends. Those of one prefix see each other. */
  async broker(prefix: string = randomUUID()): Promise<RedisBroker> {
    if (!this.#server) throw new Error('the site is not open');
    // An object of its own: connections of its own.
    const broker = new RedisBroker({ options: { port: this.#server.port } }, { prefix });
    await broker.connect();
    onTestFinished(() => broker.close());
    return broker;
  }
}

/** A worker's session, long-lived unless told otherwise. */
export class SiteWorker {
  private constructor(
    readonly broker: RedisBroker,
    readonly session: string,
  ) {}

  static async open(broker: RedisBroker, leaseMs = 60_000): Promise<SiteWorker> {
    const session = randomUUID();
    await broker.open({ session, leaseMs, host: 'host', pid: 7, queues: [QUEUE] });
    return new SiteWorker(broker, session);
  }

  work(request: Partial<WorkRequest>): Promise<WorkReply> {
    const { session } = this;
    return this.broker.work({
      session,
      settle: [],
      started: [],
      claims: [],
      waitMs: 0,
      ...request,
    });
  }

  async claim(slots: number, waitMs = 0): Promise<readonly Delivery[]> {
    const claims = [{ queue: QUEUE, slots, ahead: 0 }];
    return (await this.work({ claims, waitMs })).deliveries;
  }

  /** Gives the receipts that no longer held. */
  async ack(deliveries: readonly Delivery[]): Promise<readonly string[]> {
    const settle = deliveries.map(({ receipt }) => ({ kind: 'ack', receipt }) as const);
    return (await this.work({ settle })).lost;
  }
}

export function messageOf(id: string, fields: Partial<Message> = {}): Message {
  const body = Buffer.from(id);
  return {
    id,
    generation: 1,
    kind: 'job',
    queue: QUEUE,
    priority: 0,
    fresh: true,
    body,
    ...fields,
  };
}

export function idsOf(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `job-${index}`);
}
