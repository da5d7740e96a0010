import type { Environment } from './environment.js';
import {
  BrokerUnavailableError,
  CapabilityError,
  ClosedError,
  ResultsUnavailableError,
} from './errors.js';
import type { Settings } from './options.js';
import type { Broker } from './ports/broker.js';
import type { Results } from './ports/results.js';
import type { StoreTroubles } from './store-troubles.js';

const RETRY_MS = 250;

/** One of the two stores, and how it is connected. */
interface Store {
  readonly port: Broker | Results;
  /** For messages: it names the store and not its address. */
  readonly name: string;
  readonly Unavailable: typeof BrokerUnavailableError | typeof ResultsUnavailableError;
  connect(): Promise<readonly string[] | void>;
}

/** Connects both stores as `onStartup` says, and gives up when it says so. */
export class Startup {
  #connecting: Promise<void> | undefined;
  #startedAt = 0;
  #closed = false;
  #giveUp = (): void => {};
  /** What has connected, to be closed in turn. */
  readonly #connected: Store[] = [];

  constructor(
    private readonly parts: {
      readonly settings: Settings;
      readonly broker: Broker;
      readonly results: Results;
      readonly environment: Environment;
      readonly troubles: StoreTroubles;
    },
  ) {}

  /**
   * Rejects with BrokerUnavailableError or ResultsUnavailableError, which names the store and not its
   * address, or with what else the store threw. With `lazy` it goes on trying until `close`.
   */
  connect(): Promise<void> {
    this.#connecting ??= this.#connect();
    return this.#connecting;
  }

  /** Closes what has connected: a store that is shared may be open for others. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#giveUp();
    await this.#connecting?.catch(() => {});
    for (const store of this.#connected.splice(0).toReversed()) await this.#close(store);
  }

  async #connect(): Promise<void> {
    const { settings, broker, results, environment, troubles } = this.parts;
    const { retention } = settings;
    this.#startedAt = environment.clock.elapsed();
    const brokerName = `the broker '${broker.name}'`;
    await this.#patiently({
      port: broker,
      name: brokerName,
      Unavailable: BrokerUnavailableError,
      connect: () => broker.connect({ report: troubles.reporter('broker', brokerName) }),
    });
    const resultsName = `the results store '${results.name}'`;
    const report = troubles.reporter('results', resultsName);
    await this.#patiently({
      port: results,
      name: resultsName,
      Unavailable: ResultsUnavailableError,
      connect: () => results.connect({ retention, report }),
    });
  }

  async #patiently(store: Store): Promise<void> {
    const { onStartup } = this.parts.settings;
    const { log } = this.parts.environment;
    let reason = new store.Unavailable('it does not answer');
    for (;;) {
      try {
        await this.#try(store, reason);
        return;
      } catch (error) {
        if (error instanceof store.Unavailable) reason = error;
        // What a store cannot do now it cannot do later.
        if (error instanceof CapabilityError || this.#closed) throw error;
        if (onStartup === 'fail' || this.#leftMs() <= 0)
          throw error instanceof store.Unavailable
            ? new store.Unavailable(this.#advice(store), { cause: error })
            : error;
        log.warn(`cannot reach ${store.name} yet, trying again`, { error });
        await this.#pause();
      }
    }
  }

  /**
   * One try, as long as there is time for it, then rejected with what went wrong before. What connects
   * after it was given up is closed again.
   */
  #try(store: Store, reason: Error): Promise<void> {
    if (this.#closed) return Promise.reject(closed());
    return new Promise((resolve, reject) => {
      let givenUp = false;
      const fail = (error: Error): void => {
        givenUp = true;
        cancel();
        reject(error);
      };
      const cancel = this.#deadline(() => fail(reason));
      this.#giveUp = () => fail(closed());
      store.connect().then((warnings) => {
        if (givenUp) void this.#close(store);
        else this.#take(store, warnings ?? []);
        cancel();
        resolve();
      }, fail);
    });
  }

  #take(store: Store, warnings: readonly string[]): void {
    this.#connected.push(store);
    for (const warning of warnings) this.parts.environment.log.warn(`${store.name}: ${warning}`);
  }

  async #close({ port }: Store): Promise<void> {
    await port.close().catch((error: unknown) => {
      this.parts.environment.log.warn(`'${port.name}' did not close cleanly`, { error });
    });
  }

  /** Of `startupTimeout`, which is for both stores together. */
  #leftMs(): number {
    const { onStartup, startupTimeoutMs } = this.parts.settings;
    if (onStartup === 'lazy') return Infinity;
    return startupTimeoutMs - (this.parts.environment.clock.elapsed() - this.#startedAt);
  }

  #deadline(late: () => void): () => void {
    const leftMs = this.#leftMs();
    return leftMs === Infinity ? () => {} : this.parts.environment.clock.timer(leftMs, late);
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.parts.environment.clock.timer(RETRY_MS, resolve);
      this.#giveUp = () => {
        cancel();
        resolve();
      };
    });
  }

  #advice({ name }: Store): string {
    const { onStartup, startupTimeoutMs } = this.parts.settings;
    return onStartup === 'wait'
      ? `cannot reach ${name} within startupTimeout, ${startupTimeoutMs} ms: check its address and that ` +
          "it runs, or start without it by onStartup: 'lazy'"
      : `cannot reach ${name}: check its address and that it runs, or wait for it by onStartup: 'wait'`;
  }
}

function closed(): ClosedError {
  return new ClosedError('this Tasqueue instance was closed while it connected');
}
