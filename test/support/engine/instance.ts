import { onTestFinished } from 'vitest';
import { cronerReader } from '../../../lib/adapters/croner/croner-reader.js';
import { MemoryBroker } from '../../../lib/adapters/memory/memory-broker.js';
import { MemoryResults } from '../../../lib/adapters/memory/memory-results.js';
import type { Clock } from '../../../lib/core/clock.js';
import type { JobContext } from '../../../lib/core/job-context.js';
import type { Log } from '../../../lib/core/log.js';
import type { TasqueueOptions } from '../../../lib/core/options.js';
import type { Broker } from '../../../lib/core/ports/broker.js';
import type { Results } from '../../../lib/core/ports/results.js';
import { type Random, systemRandom } from '../../../lib/core/random.js';
import { resolveOptions } from '../../../lib/core/resolve-options.js';
import type { TaskEntry } from '../../../lib/core/task-entry.js';
import { Tasqueue } from '../../../lib/core/tasqueue.js';
import { ManualClock } from '../../../lib/testing/manual-clock.js';

export type Handler = (payload: never, ctx: JobContext) => unknown;
type TaskSettings = Partial<Omit<TaskEntry, 'run' | 'name'>>;

export interface LoggedLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>> | undefined;
}

export interface World {
  readonly clock: ManualClock;
  readonly broker: Broker;
  readonly results: Results;
  /** What this process takes for the time, where it is not the stores' own. */
  readonly processClock?: Clock | undefined;
  /** Where chance comes from; the system's unless told otherwise. */
  readonly random?: Random | undefined;
  /** Hears what is to be done at the end of the run, the last first; by default the end of the test. */
  readonly atEnd?: ((end: () => unknown) => void) | undefined;
}

export function memoryWorld(clock = new ManualClock()): World {
  return { clock, broker: new MemoryBroker({ clock }), results: new MemoryResults({ clock }) };
}

/**
 * A Tasqueue instance without Nest, on stores and a clock that may be shared with others. Made within a
 * test, it is closed when that ends.
 */
export class Instance {
  readonly lines: LoggedLine[] = [];
  readonly tasqueue: Tasqueue;
  readonly #entries: TaskEntry[] = [];

  constructor(
    readonly world: World,
    options: TasqueueOptions = {},
  ) {
    const { broker, results, clock } = world;
    this.tasqueue = new Tasqueue({
      settings: resolveOptions(options),
      broker,
      results,
      environment: {
        clock: world.processClock ?? clock,
        random: world.random ?? systemRandom,
        cron: cronerReader,
        log: this.#log(),
        host: 'test',
        pid: 1,
        cpus: 4,
      },
    });
    (world.atEnd ?? onTestFinished)(() => this.close());
  }

  get client() {
    return this.tasqueue.client;
  }
  get admin() {
    return this.tasqueue.admin;
  }
  get runner() {
    return this.tasqueue.runner;
  }

  task(name: string, run: Handler, settings: TaskSettings = {}): this {
    const callbacks = { processing: [], success: [], retrying: [], failed: [] };
    this.#entries.push({
      name,
      owner: `Test.${name}`,
      callbacks,
      ...settings,
      // oxlint-disable-next-line no-unsafe-type-assertion -- the payload is what the test enqueues
      run: run as TaskEntry['run'],
    });
    return this;
  }

  async connect(): Promise<this> {
    this.tasqueue.register(this.#entries);
    await this.tasqueue.connect();
    return this;
  }

  async start(): Promise<this> {
    await this.connect();
    await this.tasqueue.start();
    return this;
  }

  /** Closing may wait for handlers: time passes meanwhile, as much as it takes. */
  async close(): Promise<void> {
    const closing = { isOver: false };
    const closed = this.tasqueue.close().finally(() => {
      closing.isOver = true;
    });
    await this.world.clock.advance(0);
    while (!closing.isOver) await this.world.clock.advance(1_000);
    await closed;
  }

  #log(): Log {
    const at =
      (level: LoggedLine['level']): Log['info'] =>
      (message, fields) =>
        void this.lines.push({ level, message, fields });
    return { info: at('info'), warn: at('warn'), error: at('error') };
  }
}

/** A promise and the ways to end it. */
export function deferred<T = void>() {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
