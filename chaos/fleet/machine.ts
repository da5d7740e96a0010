import { systemClock, type Clock } from '../../lib/core/clock.js';
import { BrokerUnavailableError, ResultsUnavailableError } from '../../lib/core/errors.js';
import type { Broker } from '../../lib/core/ports/broker.js';
import type { Results } from '../../lib/core/ports/results.js';
import type { Tasqueue } from '../../lib/core/tasqueue.js';
import { Line } from '../../test/support/faults/line.js';
import { MachineClock } from '../../test/support/faults/machine-clock.js';
import { doomed, type Doom } from '../../test/support/processes/doom.js';
import type { Stores } from '../ground/ground.js';
import { instanceOf } from '../worker/instance.js';
import type { Journal } from '../worker/journal.js';
import type { Fate, Terms } from '../worker/orders.js';
import { taskOf } from '../worker/tasks.js';
import { witnessed } from '../worker/witnessed.js';
import type { Worker } from './fleet.js';

/** A worker in this process that can do what processes do: die, freeze, and have a wrong clock. */
export class Machine implements Worker {
  readonly #broker = new Line<Broker>(BrokerUnavailableError);
  readonly #results = new Line<Results>(ResultsUnavailableError);
  readonly #time = new MachineClock(systemClock, 0);
  readonly #dead = new AbortController();
  readonly #tasqueue: Tasqueue;
  #aheadMs = 0;
  #resting = false;
  frozen = false;

  constructor(
    readonly pid: number,
    stores: Stores,
    { terms, fate, journal }: { terms: Terms; fate: Fate; journal: Journal },
  ) {
    const clock: Clock = {
      now: () => this.#time.now() + this.#aheadMs,
      elapsed: () => this.#time.elapsed(),
      timer: (delayMs, fire) => this.#time.timer(delayMs, fire),
    };
    // The dead write no more.
    const own: Journal = {
      write: (entry) => {
        if (!this.dead) journal.write(entry);
      },
    };
    const die = (): Promise<never> => this.#die();
    const fatal = <Store extends object>(store: Store, which: Doom['store']): Store =>
      fate.dooms
        .filter((doom) => doom.store === which)
        .reduce((safe, doom) => doomed(safe, doom, die), store);
    const { broker, results } = stores;
    const work: Broker['work'] = ({ signal, ...request }) => {
      const dead = this.#dead.signal;
      return broker.work({ ...request, signal: signal ? AbortSignal.any([signal, dead]) : dead });
    };
    this.#tasqueue = instanceOf(
      {
        broker: fatal(this.#broker.to(broker, { work }), 'broker'),
        results: fatal(witnessed(this.#results.to(results), own), 'results'),
        clock,
        pid,
      },
      {
        queues: terms.queues,
        lease: terms.leaseMs,
        maxCrashes: terms.maxCrashes,
        onStartup: 'lazy',
      },
    );
    const { deadlyStart, deadlyCallback } = fate;
    const block = (): void => this.#stand(terms.blockMs);
    const body = { clock, journal: own, die, block, deadlyStart, deadlyCallback };
    this.#tasqueue.register([taskOf(body)]);
  }

  get dead(): boolean {
    return this.#dead.signal.aborted;
  }

  get alive(): boolean {
    return !this.dead && !this.#resting;
  }

  /** Resolves once it works, or has died on the way there. */
  async start(): Promise<void> {
    const died = new Promise<void>((resolve) => {
      this.#dead.signal.addEventListener('abort', () => resolve());
    });
    const started = this.#tasqueue.connect().then(() => this.#tasqueue.start());
    await Promise.race([started, died]);
  }

  async rest(): Promise<void> {
    if (!this.alive) return;
    this.thaw();
    await this.#tasqueue.close();
    this.#resting = true;
  }

  async kill(): Promise<void> {
    void this.#die();
  }

  freeze(): void {
    this.frozen = true;
    this.#broker.cut();
    this.#results.cut();
    this.#time.freeze();
  }

  thaw(): void {
    if (!this.frozen || this.dead) return;
    this.frozen = false;
    this.#broker.join();
    this.#results.join();
    this.#time.thaw();
  }

  setClock(aheadMs: number): void {
    this.#aheadMs = aheadMs;
  }

  #stand(ms: number): void {
    this.freeze();
    systemClock.timer(ms, () => this.thaw());
  }

  #die(): Promise<never> {
    this.freeze();
    this.#dead.abort();
    return new Promise(() => {});
  }
}
