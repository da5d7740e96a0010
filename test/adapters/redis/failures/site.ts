import { Redis } from 'ioredis';
import { onTestFinished } from 'vitest';
import type { TasqueueOptions } from '../../../../lib/core/options.js';
import { RedisBroker, RedisResults } from '../../../../lib/redis/index.js';
import { LiveInstance } from '../../../support/engine/live-instance.js';
import { FaultProxy } from '../../../support/servers/fault-proxy.js';
import { RedisServer } from '../../../support/servers/redis-server.js';

/** What users should not wait longer for, with a margin for a machine that does a lot at once. */
export const WITHIN_SECONDS = { timeout: 15_000, interval: 50 };

/** A server, a network that may fail in front of it, and what ran. All ends with the test. */
export class Site {
  /** What the handler of `note` was given, in order. */
  readonly ran: string[] = [];

  private constructor(
    readonly server: RedisServer,
    readonly proxy: FaultProxy,
  ) {}

  static async open(args?: readonly string[]): Promise<Site> {
    const server = await RedisServer.start(args);
    const proxy = await FaultProxy.start(server.port);
    onTestFinished(async () => {
      await proxy.stop();
      await server.stop();
    });
    return new Site(server, proxy);
  }

  /** An instance of its own connections, as another process has; it knows the task `note`. */
  instance(options: TasqueueOptions = {}): LiveInstance {
    const connection = { options: { host: '127.0.0.1', port: this.proxy.port } };
    const stores = { broker: new RedisBroker(connection), results: new RedisResults(connection) };
    return new LiveInstance(stores, options).task('note', (name: string) => {
      this.ran.push(name);
      return name;
    });
  }

  producer(options: TasqueueOptions = {}): Promise<LiveInstance> {
    return this.instance({ ...options, role: 'producer' }).connect();
  }

  worker(options: TasqueueOptions = {}): Promise<LiveInstance> {
    return this.instance({ ...options, role: 'worker' }).start();
  }

  /** A client that goes past the failing network. */
  admin(): Redis {
    const client = new Redis(this.server.url);
    client.on('error', () => undefined);
    onTestFinished(() => client.disconnect());
    return client;
  }
}
