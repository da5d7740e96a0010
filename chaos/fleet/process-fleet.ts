import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { StoresAddress } from '../../test/support/processes/stores-address.js';
import type { Stamped } from '../worker/journal.js';
import type { Fate } from '../worker/orders.js';
import type { Fleet, Site, Worker } from './fleet.js';
import { WorkerProcess } from './worker-process.js';

/** Processes kept ready, so that who dies is replaced at once. */
const SPARES = 2;
/** Far more than a worker needs to stop. */
const LONGEST_REST_MS = 10_000;

/** Workers in processes of their own; those who survive a seed work on the next one. */
export class ProcessFleet implements Fleet {
  #site: Site | undefined;
  #crew: WorkerProcess[] = [];
  readonly #idle: WorkerProcess[] = [];
  readonly #resting = new Set<WorkerProcess>();
  #troubles: string[] = [];

  /** `folder`: where they write their journals. */
  constructor(
    private readonly folder: string,
    private readonly addressOf: (name: string) => StoresAddress,
  ) {}

  get workers(): readonly Worker[] {
    return this.#crew.map((process) => worker(process, this.#resting.has(process)));
  }

  async begin(site: Site): Promise<void> {
    this.#idle.push(...this.#crew.filter(({ alive }) => alive));
    this.#crew = [];
    this.#resting.clear();
    this.#troubles = [];
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder, { recursive: true });
    this.#site = site;
  }

  async hire(fate: Fate): Promise<void> {
    const site = this.#site;
    if (site === undefined) throw new Error('there is no work yet');
    const process = this.#idle.shift() ?? new WorkerProcess();
    while (this.#idle.length < SPARES) this.#idle.push(new WorkerProcess());
    this.#crew.push(process);
    const journalFile = join(this.folder, String(process.pid));
    const { name, terms } = site;
    const stores = this.addressOf(name);
    await process.tell({ kind: 'work', stores, terms, fate, aheadMs: 0, journalFile }, 'working');
  }

  async rest(): Promise<void> {
    await Promise.all(
      this.#crew.map(async (process) => {
        if (this.#resting.has(process)) return;
        if (process.frozen) process.thaw();
        const rested = process.tell({ kind: 'rest' }, 'resting');
        const isRested = await inTime(rested, LONGEST_REST_MS);
        if (isRested) this.#resting.add(process);
        if (isRested || !process.alive) return;
        this.#troubles.push(`worker ${process.pid} would not stop: ${process.output}`);
        await process.kill();
      }),
    );
  }

  journal(): readonly Stamped[] {
    return readdirSync(this.folder)
      .flatMap((name) => linesOf(join(this.folder, name)))
      .sort((a, b) => a.at - b.at);
  }

  troubles(): readonly string[] {
    const failed = this.#crew.filter(({ end }) => end?.startsWith('exit') === true);
    return [
      ...this.#troubles,
      ...failed.map(({ pid, end, output }) => `worker ${pid} ended by ${end}: ${output}`),
    ];
  }

  async close(): Promise<void> {
    await Promise.all([...this.#crew, ...this.#idle].map((process) => process.kill()));
  }
}

function worker(process: WorkerProcess, isResting: boolean): Worker {
  return {
    pid: process.pid,
    alive: process.alive && !isResting,
    dead: !process.alive,
    frozen: process.frozen,
    kill: () => process.kill(),
    freeze: () => process.freeze(),
    thaw: () => process.thaw(),
    setClock: (aheadMs) => void process.tell({ kind: 'clock', aheadMs }),
  };
}

/** Who is killed while it writes leaves half a line. */
function linesOf(file: string): Stamped[] {
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  // oxlint-disable-next-line no-unsafe-type-assertion -- written by the workers, in the same words
  return lines.map((line) => JSON.parse(line) as Stamped);
}

function inTime(done: Promise<boolean>, ms: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(false), ms);
    done.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}
