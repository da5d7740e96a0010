import { CancelledError, InvalidOptionsError, InvalidStateError } from '../errors.js';
import { readConcurrencyNotice } from '../concurrency-notice.js';
import { fromNotice } from '../interrupt-notice.js';
import { WorkerLife } from './worker-life.js';
import type { InstanceParts } from '../instance-parts.js';
import { PatientStart } from './patient-start.js';
import { Worker } from './worker.js';

/** The slots of one queue in this process. */
export interface SlotStatus {
  /** Handlers at work. */
  readonly busy: number;
  readonly concurrency: number;
  /** By `TasqueueRunner.pause()`, in this process only. */
  readonly paused: boolean;
}

/** How the workers of this process fare, for health checks and metrics. */
export interface RunnerStatus {
  readonly running: boolean;
  /** The last `start()` failed: the workers are not there, although they should be. */
  readonly startFailed: boolean;
  /** ms for which the broker has owed an answer to a claim, 0 when none is asked for; undefined while not running. */
  readonly silentMs?: number | undefined;
  /** Per queue that the workers work on; empty while not running. */
  readonly slots: Readonly<Record<string, SlotStatus>>;
  /** Handlers that go on although their attempt is over. */
  readonly abandoned: number;
}

/** One life of the workers, from start to stop. */
interface Life {
  readonly worker: Worker;
  readonly life: WorkerLife;
  readonly unlisten: () => void;
  readonly letGo: (() => void) | undefined;
  stopping: boolean;
}

/** Starts, stops and tunes the workers of this process. What it changes lasts until the process ends. */
export class TasqueueRunner {
  readonly #parts: InstanceParts;
  readonly #concurrency = new Map<string, number>();
  readonly #paused = new Set<string>();
  #current: Life | undefined;
  #startFailed = false;
  #patientStart: PatientStart | undefined;

  /** Made by the module; inject it. `beforeStart` is done before anything is claimed. */
  constructor(
    parts: InstanceParts,
    private readonly beforeStart: () => Promise<void> = () => Promise.resolve(),
  ) {
    this.#parts = parts;
  }

  get status(): RunnerStatus {
    const worker = this.#current?.worker;
    const pools = worker ? [...worker.pools.values()] : [];
    return {
      running: worker !== undefined,
      startFailed: this.#startFailed,
      silentMs: worker?.fetcher.silentMs,
      slots: Object.fromEntries(
        pools.map(({ queue, running, concurrency }) => [
          queue,
          { busy: running, concurrency, paused: this.#paused.has(queue) },
        ]),
      ),
      abandoned: worker?.abandoned ?? 0,
    };
  }

  /** @internal Server time, epoch ms, as far as the workers have been told it. */
  serverNow(): number {
    return this.#current?.worker.session.now() ?? this.#parts.environment.clock.now();
  }

  /** Starts the workers; on a running one it does nothing. Rejects with InvalidStateError on a producer. */
  async start(): Promise<void> {
    if (this.#parts.settings.role === 'producer')
      throw new InvalidStateError(
        "this instance has role 'producer', which runs no jobs: use role 'worker' or 'both'",
      );
    const before = this.#current;
    if (before?.stopping) {
      await before.life.stop();
      return this.start();
    }
    this.#current ??= this.#begin();
    const current = this.#current;
    this.#startFailed = false;
    try {
      await current.life.start();
    } catch (error) {
      this.#startFailed = true;
      this.#end(current);
      throw error;
    }
  }

  /** Starts the workers as soon as that is possible, unless they are stopped before; what fails is logged. */
  async startPatiently(): Promise<void> {
    this.#patientStart?.cancel();
    this.#patientStart = new PatientStart(() => this.start(), this.#parts.environment);
    await this.#patientStart.run();
  }

  /**
   * Drains the workers: nothing more is claimed, handlers get `shutdownTimeout`, then their signals
   * fire, and what is left goes back to its queue.
   */
  async stop(): Promise<void> {
    this.#patientStart?.cancel();
    const current = this.#current;
    if (current === undefined) return;
    current.stopping = true;
    await current.life.stop();
    this.#end(current);
  }

  /** Handlers of a queue that run at once in this process. */
  setConcurrency(queue: string, concurrency: number): void {
    if (!isConcurrency(concurrency))
      throw new InvalidOptionsError('setConcurrency()', [
        `concurrency: expected an integer of 1 or more, got ${String(concurrency)}`,
      ]);
    this.#refuseUnknown(queue);
    this.#concurrency.set(queue, concurrency);
    this.#current?.worker.pools.get(queue)?.setConcurrency(concurrency);
  }

  /** Nothing more of this queue starts in this process; what runs goes on. */
  pause(queue: string): void {
    this.#refuseUnknown(queue);
    this.#paused.add(queue);
    this.#current?.worker.pools.get(queue)?.pause(true);
  }

  resume(queue: string): void {
    this.#refuseUnknown(queue);
    this.#paused.delete(queue);
    this.#current?.worker.pools.get(queue)?.pause(false);
  }

  #begin(): Life {
    const { broker, environment, settings } = this.#parts;
    const worker = new Worker(this.#parts);
    for (const [queue, concurrency] of this.#queues()) {
      worker.addPool(queue, concurrency);
      if (this.#paused.has(queue)) worker.pools.get(queue)?.pause(true);
    }
    const unlisten = broker.listen((notice) => {
      const change = readConcurrencyNotice(notice);
      if (change && worker.pools.has(change.queue) && isConcurrency(change.concurrency))
        this.setConcurrency(change.queue, change.concurrency);
      const interruption = fromNotice(notice);
      if (interruption === undefined) return;
      const { id, why } = interruption;
      worker.claims.interrupt(interruption, new CancelledError(`job '${id}' was ${why}`));
    });
    const { shutdownTimeoutMs } = settings;
    const life = new WorkerLife(worker, environment, {
      shutdownTimeoutMs,
      before: this.beforeStart,
    });
    // Timers alone do not: a script would end with a retry still to come.
    const letGo = environment.stayAlive?.();
    return { worker, life, unlisten, letGo, stopping: false };
  }

  #end(life: Life): void {
    life.unlisten();
    life.letGo?.();
    if (this.#current === life) this.#current = undefined;
  }

  #queues(): Map<string, number> {
    const { tasks, settings, environment } = this.#parts;
    const named = tasks.queues();
    const queues = new Map<string, number>();
    for (const queue of settings.queues?.keys() ?? named.keys())
      queues.set(
        queue,
        this.#concurrency.get(queue) ??
          settings.queues?.get(queue) ??
          named.get(queue) ??
          environment.cpus,
      );
    return queues;
  }

  #refuseUnknown(queue: string): void {
    const queues = [...this.#queues().keys()];
    if (!queues.includes(queue))
      throw new InvalidOptionsError('TasqueueRunner', [
        `queue: expected a queue that this process works on (${queues.map((name) => `'${name}'`).join(', ')}), got '${queue}'`,
      ]);
  }
}

function isConcurrency(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1;
}
