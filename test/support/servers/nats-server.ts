import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from './find-program.js';
import { onFreePort } from './free-port.js';
import type { Program } from './program.js';
import { NATS } from './programs.js';
import { ServerProcess } from './server-process.js';

export interface NatsServerOptions {
  /** A configuration beside port, host, JetStream and its folder, in the server's own language. */
  readonly config?: string | undefined;
  /** Further arguments, as on the command line. */
  readonly args?: readonly string[] | undefined;
  readonly program?: Program | undefined;
}

/** A NATS server with JetStream of the tests' own, in a folder of its own, on a free port of 127.0.0.1. */
export class NatsServer {
  private constructor(
    readonly port: number,
    readonly folder: string,
    private readonly program: Program,
    private readonly args: readonly string[],
    private process: ServerProcess,
  ) {}

  static async start(options: NatsServerOptions = {}): Promise<NatsServer> {
    const { config = '', args = [], program = NATS } = options;
    const folder = await mkdtemp(join(tmpdir(), 'tasqueue-nats-'));
    const file = join(folder, 'server.conf');
    const all = ['--config', file, ...args];
    return onFreePort(async (port) => {
      await writeFile(
        file,
        `listen: "127.0.0.1:${port}"\njetstream { store_dir: "${join(folder, 'store')}" }\n${config}\n`,
      );
      return new NatsServer(port, folder, program, all, await launch(program, all));
    });
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
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
  return ServerProcess.start(await findProgram(program), args, 'Server is ready');
}
