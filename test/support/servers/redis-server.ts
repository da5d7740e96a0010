import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from './find-program.js';
import { onFreePort } from './free-port.js';
import type { Program } from './program.js';
import { REDIS } from './programs.js';
import { ServerProcess } from './server-process.js';

/** A Redis of the tests' own, in a folder of its own, on a free port of 127.0.0.1. */
export class RedisServer {
  private constructor(
    readonly port: number,
    readonly folder: string,
    private readonly program: Program,
    private readonly args: readonly string[],
    private process: ServerProcess,
  ) {}

  /** `args`: settings beside `--port`, as on the command line. Without any it keeps nothing on disk. */
  static async start(
    args: readonly string[] = ['--save', ''],
    program: Program = REDIS,
  ): Promise<RedisServer> {
    const folder = await mkdtemp(join(tmpdir(), 'tasqueue-redis-'));
    return onFreePort(async (port) => {
      const all = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, ...args];
      return new RedisServer(port, folder, program, all, await launch(program, all));
    });
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.process.pid;
  }

  /** Ends it as a crash would, and leaves its files. */
  kill(): Promise<void> {
    return this.process.stop('SIGKILL');
  }

  /** Starts it again on the same port and files. */
  async restart(): Promise<void> {
    await this.process.stop();
    this.process = await launch(this.program, this.args);
  }

  async stop(): Promise<void> {
    await this.process.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function launch(program: Program, args: readonly string[]): Promise<ServerProcess> {
  return ServerProcess.start(await findProgram(program), args, 'Ready to accept connections');
}
