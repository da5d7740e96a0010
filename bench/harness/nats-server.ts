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
const HOST = '127.0.0.1';
const OLDEST = { major: 2, minor: 10 };

interface Place {
  readonly port: number;
  /** Where it tells of itself. */
  readonly monitorPort: number;
  readonly folder: string;
}

/** A NATS server with JetStream of its own, on files in a folder of its own, on free ports of this machine. */
export class NatsServer implements Server {
  private constructor(
    private readonly place: Place,
    private server: ServerProcess,
  ) {}

  static async start(): Promise<NatsServer> {
    await refuseOldOnes();
    const folder = await mkdtemp(join(tmpdir(), 'tasqueue-bench-'));
    const place = { folder, port: await freePort(), monitorPort: await freePort() };
    return new NatsServer(place, await launch(place));
  }

  get url(): string {
    return `nats://${HOST}:${this.place.port}`;
  }

  /** Memory that it has from the system (RSS). */
  async memoryBytes(): Promise<number> {
    const answer = await fetch(`http://${HOST}:${this.place.monitorPort}/varz`);
    const told: unknown = await answer.json();
    if (typeof told !== 'object' || told === null || !('mem' in told))
      throw new Error('nats-server does not tell how much memory it has');
    return Number(told.mem);
  }

  /** As a crash ends it: its files stay. */
  kill(): Promise<void> {
    return this.server.kill();
  }

  /** After `kill`: on the same port, with the same files. */
  async restart(): Promise<void> {
    this.server = await launch(this.place);
  }

  async stop(): Promise<void> {
    await this.server.kill();
    await rm(this.place.folder, { recursive: true, force: true });
  }
}

export function startNats(): Promise<NatsServer> {
  return NatsServer.start();
}

function launch({ port, monitorPort, folder }: Place): Promise<ServerProcess> {
  const where = ['--addr', HOST, '--port', `${port}`, '--http_port', `${monitorPort}`];
  return ServerProcess.start(NATS, [...where, '--jetstream', '--store_dir', folder]);
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
