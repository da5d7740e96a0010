import { AsyncLocalStorage } from 'node:async_hooks';
import { MemoryResults } from '../../adapters/memory/memory-results.js';
import type { Environment } from '../../core/environment.js';
import type { TasqueueOptions } from '../../core/options.js';
import type { Broker } from '../../core/ports/broker.js';
import type { Results } from '../../core/ports/results.js';
import { resolveOptions } from '../../core/resolve-options.js';
import { systemEnvironment } from '../../tasqueue-assembly.js';
import { ManualClock } from '../manual-clock.js';
import type { TestingOptions } from '../testing-options.js';
import { Changes } from './changes.js';
import type { HandlerFrame } from './handler-frames.js';
import { TestBroker } from './test-broker.js';
import { TestTasqueue, type TestTerms } from './test-tasqueue.js';
import { TimeTravel } from './time-travel.js';

/** Where all instances of one application live while it is tested: one time, one mode, stores in memory. */
export class Laboratory {
  readonly environment: Environment;
  readonly time: TimeTravel;
  readonly #instances: TestTasqueue[] = [];
  readonly #terms: TestTerms;
  /** By what the application would have used: two instances that share a store go on to share one. */
  readonly #brokers = new Map<Broker, TestBroker>();
  readonly #results = new Map<Results, MemoryResults>();

  constructor(readonly options: TestingOptions) {
    const { mode, startAt } = options;
    const system = systemEnvironment();
    const clock = mode === 'live' ? undefined : new ManualClock(startAt ?? system.clock.now());
    const changes = new Changes();
    this.environment = clock ? { ...system, clock } : system;
    this.#terms = { mode, clock, changes, storage: new AsyncLocalStorage<HandlerFrame>() };
    this.time = new TimeTravel(this.#instances, changes, clock);
  }

  /** Throws InvalidOptionsError for options that would not do in production either. */
  assemble(options: TasqueueOptions): TestTasqueue {
    const { environment } = this;
    const settings = resolveOptions(options);
    const broker = this.#brokerFor(options.broker);
    const results = this.#resultsFor(options.results);
    const instance = new TestTasqueue({ settings, broker, results, environment }, this.#terms);
    this.#instances.push(instance);
    return instance;
  }

  #brokerFor(given: Broker | undefined): TestBroker {
    const known = given && this.#brokers.get(given);
    const broker = known ?? new TestBroker(this.environment.clock, this.#terms.changes);
    if (given) this.#brokers.set(given, broker);
    return broker;
  }

  #resultsFor(given: Results | undefined): MemoryResults {
    const known = given && this.#results.get(given);
    const results = known ?? new MemoryResults({ clock: this.environment.clock });
    if (given) this.#results.set(given, results);
    return results;
  }
}
