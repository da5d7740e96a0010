import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { PackageCopy } from '../../support/package/package-copy.js';
import type { WorkerOrders } from './program/worker.js';

const PROGRAM = join('dist', 'test', 'e2e', 'kills', 'program', 'worker.js');

/** A worker in a process of its own, which the test may kill, freeze and wake. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  #output = '';

  private constructor(copy: PackageCopy, orders: WorkerOrders) {
    this.#child = spawn(process.execPath, [join(copy.folder, PROGRAM)], {
      cwd: copy.folder,
      env: { ...process.env, WORKER_ORDERS: JSON.stringify(orders) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
      });
    onTestFinished(() => this.kill());
  }

  /** Resolves once it works, or has died on the way there. */
  static async start(copy: PackageCopy, orders: WorkerOrders): Promise<WorkerProcess> {
    const worker = new WorkerProcess(copy, orders);
    await new Promise<void>((resolve) => {
      worker.#child.stdout?.on('data', () => {
        if (worker.#output.includes('working')) resolve();
      });
      worker.#child.once('exit', () => resolve());
    });
    return worker;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get output(): string {
    return this.#output;
  }

  get alive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Its end, by whichever hand. */
  async death(): Promise<void> {
    if (this.alive) await once(this.#child, 'exit');
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.death();
  }

  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child.kill('SIGCONT');
  }
}
