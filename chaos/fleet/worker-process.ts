import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Answer, Order } from '../worker/orders.js';

const PROGRAM = fileURLToPath(new URL('../worker/main.js', import.meta.url));

/** A worker in a process of its own, which may be killed, frozen and woken. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  #output = '';
  #frozen = false;
  readonly #ready: Promise<boolean>;

  constructor() {
    this.#child = fork(PROGRAM, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
      });
    // Should this process end first, it goes too, frozen or not.
    process.once('exit', this.#kill);
    this.#child.once('exit', () => void process.off('exit', this.#kill));
    this.#child.on('error', () => {});
    this.#ready = this.#answered('ready');
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get alive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  get frozen(): boolean {
    return this.#frozen;
  }

  /** What it has printed, which nobody should have. */
  get output(): string {
    return this.#output;
  }

  /** How it ended: by whose hand, or by an error of its own. */
  get end(): string | undefined {
    return this.alive ? undefined : (this.#child.signalCode ?? `exit ${this.#child.exitCode}`);
  }

  /** Resolves once it has done as told; false if it died before. */
  async tell(order: Order, answer?: Answer): Promise<boolean> {
    if (!(await this.#ready) || !this.alive) return false;
    const answered = answer === undefined ? Promise.resolve(true) : this.#answered(answer);
    this.#child.send(order, () => {});
    return answered;
  }

  async kill(): Promise<void> {
    this.#kill();
    if (this.alive) await once(this.#child, 'exit');
  }

  freeze(): void {
    this.#frozen = true;
    this.#child.kill('SIGSTOP');
  }

  thaw(): void {
    this.#frozen = false;
    this.#child.kill('SIGCONT');
  }

  #answered(answer: Answer): Promise<boolean> {
    return new Promise((resolve) => {
      const hear = (message: unknown): void => {
        if (message === answer) end(true);
      };
      const die = (): void => end(false);
      const end = (done: boolean): void => {
        this.#child.off('message', hear).off('exit', die);
        resolve(done);
      };
      this.#child.on('message', hear).once('exit', die);
    });
  }

  readonly #kill = (): void => void this.#child.kill('SIGKILL');
}
