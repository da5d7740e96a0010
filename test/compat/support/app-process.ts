import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { PackageCopy } from '../../support/package/package-copy.js';
import type { Deployment, Errand } from '../program/worker.js';

const PROGRAM = join('dist', 'test', 'compat', 'program', 'worker.js');

/** A deployed process, which ends with the test at the latest. */
export class AppProcess {
  readonly #child: ChildProcess;

  private constructor(copy: PackageCopy, deployment: Deployment) {
    this.#child = fork(join(copy.folder, PROGRAM), {
      cwd: copy.folder,
      env: { ...process.env, DEPLOYMENT: JSON.stringify(deployment) },
    });
    onTestFinished(async () => {
      if (!this.#alive) return;
      this.#child.kill('SIGKILL');
      await once(this.#child, 'exit');
    });
  }

  static async start(copy: PackageCopy, deployment: Deployment): Promise<AppProcess> {
    const app = new AppProcess(copy, deployment);
    await once(app.#child, 'message');
    return app;
  }

  /** Gives the ids of what it has enqueued. */
  async enqueue(errand: Errand): Promise<readonly string[]> {
    const answered = once(this.#child, 'message');
    this.#child.send(errand);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as the program sends it
    const [{ ids }] = (await answered) as [{ readonly ids: readonly string[] }];
    return ids;
  }

  /** As a deploy ends it. */
  async leave(): Promise<void> {
    this.#child.send('leave');
    await once(this.#child, 'exit');
  }

  get #alive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }
}
