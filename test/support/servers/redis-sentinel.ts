import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { vi } from 'vitest';
import { findProgram } from './find-program.js';
import { onFreePort } from './free-port.js';
import { REDIS } from './programs.js';
import { RedisServer } from './redis-server.js';
import { ServerProcess } from './server-process.js';

const MASTER = 'main';
/** How long the Sentinel bears with a silent master. */
const DOWN_AFTER_MS = 500;
const TOGETHER_WITHIN_MS = 20_000;

/** A master, a replica, and a Sentinel that watches over them. */
export class RedisSentinel {
  private constructor(
    readonly master: RedisServer,
    readonly replica: RedisServer,
    readonly port: number,
    private readonly folder: string,
    private readonly sentinel: ServerProcess,
  ) {}

  static async start(): Promise<RedisSentinel> {
    const master = await RedisServer.start();
    const follow = ['--replicaof', '127.0.0.1', `${master.port}`];
    const replica = await RedisServer.start(['--save', '', ...follow]);
    const folder = await mkdtemp(join(tmpdir(), 'tasqueue-sentinel-'));
    return onFreePort(async (port) => {
      const sentinel = await launch(folder, port, master.port);
      const all = new RedisSentinel(master, replica, port, folder, sentinel);
      await all.#knowReplica();
      return all;
    });
  }

  /** What a client has to know. */
  get options() {
    return { sentinels: [{ host: '127.0.0.1', port: this.port }], name: MASTER };
  }

  async stop(): Promise<void> {
    await this.sentinel.stop();
    for (const server of [this.replica, this.master]) await server.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Until it does, there is nobody to fail over to. */
  async #knowReplica(): Promise<void> {
    const client = new Redis(this.port, '127.0.0.1');
    const ask = async (): Promise<void> => {
      const known = JSON.stringify(await client.call('SENTINEL', 'REPLICAS', MASTER));
      if (!known.includes('"master-link-status","ok"')) throw new Error(`no replica yet: ${known}`);
    };
    await vi.waitFor(ask, { timeout: TOGETHER_WITHIN_MS, interval: 200 });
    client.disconnect();
  }
}

async function launch(folder: string, port: number, masterPort: number): Promise<ServerProcess> {
  const file = join(folder, 'sentinel.conf');
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    `dir ${folder}`,
    `sentinel monitor ${MASTER} 127.0.0.1 ${masterPort} 1`,
    `sentinel down-after-milliseconds ${MASTER} ${DOWN_AFTER_MS}`,
    `sentinel failover-timeout ${MASTER} 5000`,
  ];
  await writeFile(file, `${lines.join('\n')}\n`);
  return ServerProcess.start(await findProgram(REDIS), [file, '--sentinel'], 'Sentinel ID is');
}
