import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { SeedReport } from '../seed/seed-report.js';
import type { LaneAnswer, LaneOrders, SeedOrder } from './protocol.js';

const PROGRAM = join('dist', 'chaos', 'lane', 'main.js');

/** A lane in a process of its own, seen from the one that hands out the seeds. */
export class Lane {
  readonly #child: ChildProcess;

  private constructor(folder: string, orders: LaneOrders) {
    this.#child = fork(join(folder, PROGRAM), [JSON.stringify(orders)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
  }

  /** `folder`: of the package that is tried. */
  static async open(folder: string, orders: LaneOrders): Promise<Lane> {
    const lane = new Lane(folder, orders);
    await lane.#answered();
    return lane;
  }

  async play(seed: number): Promise<SeedReport> {
    const answered = this.#answered();
    this.#child.send({ seed } satisfies SeedOrder);
    const answer = await answered;
    if (answer.kind === 'report') return answer.report;
    throw new Error(answer.kind === 'failed' ? `seed ${seed}: ${answer.why}` : 'out of turn');
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    await ended;
  }

  #answered(): Promise<LaneAnswer> {
    return new Promise((resolve, reject) => {
      const die = (): void => reject(new Error('the lane ended by itself'));
      this.#child.once('exit', die);
      this.#child.once('message', (message) => {
        this.#child.off('exit', die);
        // oxlint-disable-next-line no-unsafe-type-assertion -- written by the lane, in the same words
        resolve(message as LaneAnswer);
      });
    });
  }
}
