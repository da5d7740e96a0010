import { inTime } from '../deadline.js';
import { ShutdownError } from '../errors.js';
import type { Environment } from '../environment.js';
import type { Worker } from './worker.js';

/** How long outcomes may take to reach the stores once the handlers have ended. */
const FLUSH_MS = 5_000;

/**
 * Starts and stops a worker.
 *
 * idle → `start()` → running → `stop()`: claims nothing more, gives unstarted jobs back, lets handlers
 * run for the grace, aborts their signals, hands the rest back at once → stopped. Both may be called
 * at any time, any number of times; a stop during the start waits for it.
 */
export class WorkerLife {
  #starting: Promise<void> | undefined;
  #stopping: Promise<void> | undefined;

  constructor(
    private readonly worker: Worker,
    private readonly environment: Environment,
    private readonly settings: {
      readonly shutdownTimeoutMs: number;
      /** Done before anything is claimed. */
      readonly before: () => Promise<void>;
    },
  ) {}

  start(): Promise<void> {
    this.#starting ??= this.#start();
    return this.#starting;
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #start(): Promise<void> {
    await this.settings.before();
    if (this.#stopping) return;
    await this.worker.session.open();
    if (this.#stopping === undefined) this.worker.fetcher.startClaiming();
  }

  async #stop(): Promise<void> {
    const { fetcher, pools, recorder, session, watch } = this.worker;
    if (this.#starting === undefined) return;
    const started = await this.#starting.then(
      () => true,
      () => false,
    );
    if (!started) return;
    fetcher.stopClaiming();
    for (const pool of pools.values()) pool.pause(true);
    await inTime(this.environment.clock, this.settings.shutdownTimeoutMs, this.worker.idle());
    await this.#interruptRunning();
    await this.#flush();
    recorder.stop();
    fetcher.stop();
    watch.stop();
    await session
      .close()
      .catch((error: unknown) =>
        this.environment.log.warn('could not close the session; its lease will lapse', { error }),
      );
  }

  /** Their signals fire; those that do not end at once are left behind. */
  async #interruptRunning(): Promise<void> {
    const { claims } = this.worker;
    const reason = (id: string): Error =>
      new ShutdownError(`job '${id}' goes back to its queue: this process is shutting down`);
    for (const run of claims.running()) run.interrupt(reason(run.id));
    await nextTurn();
    for (const run of claims.running()) run.abandon(reason(run.id));
    await nextTurn();
  }

  async #flush(): Promise<void> {
    const { recorder, fetcher } = this.worker;
    const flushed = recorder.quiet().then(() => fetcher.quiet());
    const done = await inTime(this.environment.clock, FLUSH_MS, flushed);
    if (!done)
      this.environment.log.warn('outcomes could not be stored in time; their jobs will run again', {
        outcomes: recorder.unconfirmed,
      });
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
