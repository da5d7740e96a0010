import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A server of the tests' own, on this machine. */
export class ServerProcess {
  readonly #child: ChildProcess;
  #output = '';

  private constructor(file: string, args: readonly string[]) {
    this.#child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
      });
    // Should this process end without stopping it, it goes too.
    process.once('exit', this.#kill);
  }

  /** Resolves once it has printed this; rejects with what it printed if it ends before. */
  static async start(
    file: string,
    args: readonly string[],
    readyText: string,
  ): Promise<ServerProcess> {
    const server = new ServerProcess(file, args);
    await server.#printed(readyText);
    return server;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Everything it has printed. */
  get output(): string {
    return this.#output;
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    process.off('exit', this.#kill);
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill(signal);
    await ended;
  }

  #printed(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (this.#output.includes(text)) resolve();
      };
      this.#child.stdout?.on('data', look);
      this.#child.stderr?.on('data', look);
      this.#child.once('error', reject);
      this.#child.once('exit', () =>
        reject(new Error(`the server ended before it was ready:\n${this.#output}`)),
      );
    });
  }

  readonly #kill = (): void => void this.#child.kill('SIGKILL');
}
