import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Server } from './section.js';
import {
  fileOf,
  freePort,
  notStarting,
  ServerProcess,
  type ServerProgram,
} from './server-process.js';

const NATS: ServerProgram = {
  name: 'nats-server',
  variable: 'TASQUEUE_NATS_SERVER',
  wanted: '2.10 or later',
  ready: 'Server is ready',
};
const OLDEST = { major: 2, minor: 10 };

/** A NATS server with JetStream of its own, on files in a folder of its own, on a free port of this machine. */
export class NatsServer implements Server {
  private constructor(
    readonly url: string,
    private readonly folder: string,
    private readonly args: readonly string[],
    private server: ServerProcess,
  ) {}

  static async start(): Promise<NatsServer> {
    await refuseOldOnes();
    const folder = await mkdtemp(join(tmpdir(), 'tasqueue-bench-'));
    const port = await freePort();
    const where = ['--addr', '127.0.0.1', '--port', `${port}`];
    const args = [...where, '--jetstream', '--store_dir', folder];
    const server = await ServerProcess.start(NATS, args);
    return new NatsServer(`nats://127.0.0.1:${port}`, folder, args, server);
  }

  get pid(): number {
    return this.server.pid;
  }

  /** As a crash ends it: its files stay. */
  kill(): Promise<void> {
    return this.server.kill();
  }

  /** After `kill`: on the same port, with the same files. */
  async restart(): Promise<void> {
    this.server = await ServerProcess.start(NATS, this.args);
  }

  async stop(): Promise<void> {
    await this.server.kill();
    await rm(this.folder, { recursive: true, force: true });
  }
}

export function startNats(): Promise<NatsServer> {
  return NatsServer.start();
}

async function refuseOldOnes(): Promise<void> {
  const file = fileOf(NATS);
  const printed = await versionText(file);
  const [version = printed, major, minor] = /v(\d+)\.(\d+)\S*/.exec(printed) ?? [];
  const isNewer = Number(major) > OLDEST.major;
  if (isNewer || (Number(major) === OLDEST.major && Number(minor) >= OLDEST.minor)) return;
  throw new Error(
    `${file} is ${version}, and needed is ${NATS.wanted}: name the file of one by ${NATS.variable}`,
  );
}

function versionText(file: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, ['--version'], (error, stdout) => {
      if (error) reject(notStarting(NATS, error));
      else resolve(stdout);
    });
  });
}
