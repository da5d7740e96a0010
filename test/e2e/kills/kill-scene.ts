import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Broker, Results, TasqueueAdmin, TasqueueClient } from 'nestjs-tasqueue';
import { onTestFinished } from 'vitest';
import type { PackageCopy } from '../../support/package/package-copy.js';
import type { Doom } from '../../support/processes/doom.js';
import {
  openBroker,
  openResults,
  type StoresAddress,
} from '../../support/processes/stores-address.js';
import { openApp } from '../stores/app.js';
import { Witness } from '../stores/witness.js';
import type { Run, WorkerOrders } from './program/worker.js';
import { WorkerProcess } from './worker-process.js';

/** The shortest that there is: what is held by the dead comes back soon. */
export const LEASE_MS = 1_000;

/** A producer in this process, workers in others, and a book of all that they start. */
export class KillScene {
  readonly #logFile: string;

  private constructor(
    private readonly copy: PackageCopy,
    private readonly stores: StoresAddress,
    readonly client: TasqueueClient,
    readonly admin: TasqueueAdmin,
  ) {
    const folder = mkdtempSync(join(tmpdir(), 'tasqueue-kills-'));
    this.#logFile = join(folder, 'runs');
    writeFileSync(this.#logFile, '');
    onTestFinished(() => rmSync(folder, { recursive: true }));
  }

  static async open(copy: PackageCopy, stores: StoresAddress): Promise<KillScene> {
    const [broker, results]: [Broker, Results] = [
      await openBroker(stores.broker),
      await openResults(stores.results),
    ];
    const world = { broker: () => broker, results: () => results };
    const producer = { role: 'producer', unknownTasks: 'allow' } as const;
    const { client, admin } = await openApp(world, new Witness(), producer);
    return new KillScene(copy, stores, client, admin);
  }

  worker(orders: Partial<Pick<WorkerOrders, 'concurrency'>> & { doom?: Doom } = {}) {
    const { stores } = this;
    return WorkerProcess.start(this.copy, {
      stores,
      leaseMs: LEASE_MS,
      concurrency: 5,
      logFile: this.#logFile,
      ...orders,
    });
  }

  /** All starts of handlers so far, in order. */
  runs(): Run[] {
    const lines = readFileSync(this.#logFile, 'utf8').split('\n').slice(0, -1);
    // oxlint-disable-next-line no-unsafe-type-assertion -- written by the worker program
    return lines.map((line) => JSON.parse(line) as Run);
  }
}
