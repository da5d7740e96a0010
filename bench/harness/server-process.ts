import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

export interface ServerProgram {
  /** On PATH, unless the environment names a file. */
  readonly name: string;
  /** The environment variable that does. */
  readonly variable: string;
  /** What to install where there is none. */
  readonly wanted: string;
  /** What it prints when it can be used. */
  readonly ready: string;
}

/** A server that ends with this process at the latest. */
export class ServerProcess {
  readonly #end = (): void => void this.child.kill('SIGKILL');

  private constructor(private readonly child: ChildProcess) {
    process.once('exit', this.#end);
  }

  /** Resolves when it can be used. */
  static async start(program: ServerProgram, args: readonly string[]): Promise<ServerProcess> {
    const child = spawn(fileOf(program), args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const server = new ServerProcess(child);
    await ready(child, program);
    return server;
  }

  /** At once, as a crash would. */
  async kill(): Promise<void> {
    process.off('exit', this.#end);
    const ended = once(this.child, 'exit');
    this.#end();
    await ended;
  }
}

export function fileOf({ name, variable }: ServerProgram): string {
  return process.env[variable] ?? name;
}

async function ready(child: ChildProcess, program: ServerProgram): Promise<void> {
  let printed = '';
  await new Promise<void>((resolve, reject) => {
    const read = (text: string): void => {
      if (printed.includes(program.ready)) return;
      printed += text;
      if (printed.includes(program.ready)) resolve();
    };
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', read);
    child.once('exit', () => reject(new Error(`${program.name} ended at once:\n${printed}`)));
    child.once('error', (cause) => reject(notStarting(program, cause)));
  });
}

export function notStarting({ name, variable, wanted }: ServerProgram, cause: unknown): Error {
  const text = `${name} does not start: install ${wanted}, or name its file by ${variable}`;
  return new Error(text, { cause });
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
