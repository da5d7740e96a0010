import type {
  BeatReply,
  Broker,
  EnqueueReply,
  Message,
  MessageKey,
  Notice,
  ReclaimRequest,
  SessionInfo,
  StoredMessage,
  WorkReply,
  WorkRequest,
} from '../../core/ports/broker.js';
import type { BrokerInspector } from '../../core/ports/broker-inspector.js';
import { DEFAULT_PREFIX } from './base-key.js';
import { BrokerServer } from './broker/broker-server.js';
import { Enqueuer } from './broker/enqueuer.js';
import { Notices } from './broker/notices.js';
import { QueueNumbers } from './broker/queue-numbers.js';
import { RedisInspector } from './broker/redis-inspector.js';
import { integer, text } from './scripts/reply.js';
import { readStored } from './broker/stored-messages.js';
import { WorkerCalls } from './broker/worker-calls.js';
import type { RedisConnection } from './connection/redis-connection.js';
import { Packer } from './scripts/packer.js';
import { Script } from './scripts/script.js';

const remove = new Script('broker/remove');
const find = new Script('broker/find');
const pause = new Script('broker/pause');
const ping = new Script('broker/ping');

export interface RedisBrokerOptions {
  /** Begins every key: instances with different ones do not see each other. Default: 'tasqueue'. */
  readonly prefix?: string | undefined;
}

/**
 * Keeps messages in Redis 6.2 or later. What is accepted is as safe as that server keeps it: see
 * docs/redis.md. All that one prefix names lies in one hash slot of a cluster, so that every call is one
 * script; more load than one slot takes is spread over instances with prefixes of their own.
 */
export class RedisBroker implements Broker {
  readonly name = 'redis';
  readonly capabilities = { atomicEnqueue: true };
  readonly inspect: BrokerInspector;
  readonly #server: BrokerServer;
  readonly #enqueuer: Enqueuer;
  readonly #workers: WorkerCalls;
  readonly #notices: Notices;
  #users = 0;

  /** Connects to nothing yet. Throws InvalidOptionsError for a prefix that cannot be one. */
  constructor(connection: RedisConnection, { prefix = DEFAULT_PREFIX }: RedisBrokerOptions = {}) {
    this.#server = new BrokerServer(connection, prefix);
    const numbers = new QueueNumbers(this.#server);
    this.#enqueuer = new Enqueuer(this.#server, numbers);
    this.#workers = new WorkerCalls(this.#server, numbers);
    this.#notices = new Notices(this.#server);
    this.inspect = new RedisInspector(this.#server);
  }

  async connect(): Promise<readonly string[]> {
    this.#users += 1;
    try {
      const advice = await this.#server.connect();
      await this.ping();
      this.#notices.connected();
      return advice;
    } catch (error) {
      // Or a connection that nobody wants would go on trying.
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#users = Math.max(0, this.#users - 1);
    if (this.#users > 0) return;
    this.#notices.closed();
    await this.#workers.stopWaiting();
    this.#server.close();
  }

  async ping(): Promise<number> {
    return this.#server.time.told(integer(await this.#server.run(ping)));
  }

  enqueue(messages: readonly Message[]): Promise<readonly EnqueueReply[]> {
    return this.#enqueuer.enqueue(messages);
  }

  async remove(keys: readonly MessageKey[]): Promise<readonly boolean[]> {
    if (keys.length === 0) return [];
    const packer = new Packer().list(2).texts(keys.map(({ id }) => id));
    packer.numbers(keys.map(({ generation }) => generation));
    const digits = text(await this.#server.run(remove, packer.finish()));
    return Array.from(digits, (digit) => digit === '1');
  }

  async find(ids: readonly string[]): Promise<readonly (StoredMessage | undefined)[]> {
    if (ids.length === 0) return [];
    return readStored(await this.#server.run(find, new Packer().texts(ids).finish()));
  }

  open(info: SessionInfo): Promise<void> {
    return this.#workers.open(info);
  }

  work(request: WorkRequest): Promise<WorkReply> {
    return this.#workers.work(request);
  }

  beat(session: string): Promise<BeatReply> {
    return this.#workers.beat(session);
  }

  reclaim(request: ReclaimRequest): Promise<readonly string[]> {
    return this.#workers.reclaim(request);
  }

  leave(session: string): Promise<void> {
    return this.#workers.leave(session);
  }

  async pause(queue: string, paused: boolean): Promise<void> {
    await this.#server.run(pause, queue, paused ? 1 : 0);
  }

  broadcast(notice: Notice): Promise<void> {
    return this.#notices.broadcast(notice);
  }

  listen(hear: (notice: Notice) => void): () => void {
    return this.#notices.listen(hear);
  }
}
