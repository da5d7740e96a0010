import { CALL_TIMEOUT_MS, inTime } from './deadline.js';
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

const RETRY_MS = 250;

/** Connects both stores as `onStartup` says, and gives up when it says so. */
export class Startup {
  #connecting: Promise<void> | undefined;
  #stopped = false;
  #wake = (): void => {};
  /** What has connected, to be closed in turn. */
  readonly #connected: (Broker | Results)[] = [];

  constructor(
    private readonly parts: {
      readonly settings: Settings;
      readonly broker: Broker;
      readonly results: Results;
      readonly environment: Environment;
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

  async #connect(): Promise<void> {
    const { settings, broker, results } = this.parts;
    const brokerName = `the broker '${broker.name}'`;
    const resultsName = `the results store '${results.name}'`;
    await this.#patiently(brokerName, BrokerUnavailableError, () => broker.connect());
    await this.#keep(broker);
    await this.#patiently(resultsName, ResultsUnavailableError, () =>
      results.connect({ retention: settings.retention }),
    );
    await this.#keep(results);
  }

  /** What connects after all was given up is closed again. */
  async #keep(store: Broker | Results): Promise<void> {
    this.#connected.push(store);
    if (!this.#stopped) return;
    await this.#closeConnected();
    throw new ClosedError('this Tasqueue instance was closed while it connected');
  }

  /** Closes what has connected: a store that is shared may be open for others. */
  async close(): Promise<void> {
    this.#stop();
    const { clock } = this.parts.environment;
    await inTime(clock, CALL_TIMEOUT_MS, this.#connecting ?? Promise.resolve());
    await this.#closeConnected();
  }

  async #closeConnected(): Promise<void> {
    const { log } = this.parts.environment;
    for (const store of this.#connected.splice(0).toReversed())
      await store
        .close()
        .catch((error: unknown) => log.warn(`'${store.name}' did not close cleanly`, { error }));
  }

  /** Ends a connect that is still trying. */
  #stop(): void {
    this.#stopped = true;
    this.#wake();
  }

  async #patiently(
    name: string,
    Unavailable: typeof BrokerUnavailableError | typeof ResultsUnavailableError,
    connect: () => Promise<void>,
  ): Promise<void> {
    const { settings, environment } = this.parts;
    const { onStartup, startupTimeoutMs } = settings;
    const startedAt = environment.clock.elapsed();
    for (;;) {
      try {
        await connect();
        return;
      } catch (error) {
        // What a store cannot do now it cannot do later.
        if (error instanceof CapabilityError) throw error;
        const late = environment.clock.elapsed() - startedAt >= startupTimeoutMs;
        if (this.#stopped || onStartup === 'fail' || (onStartup === 'wait' && late))
          throw error instanceof Unavailable
            ? new Unavailable(this.#advice(name), { cause: error })
            : error;
        environment.log.warn(`cannot reach ${name} yet, trying again`, { error });
        await this.#pause();
      }
    }
  }

  #advice(name: string): string {
    const { onStartup, startupTimeoutMs } = this.parts.settings;
    return onStartup === 'wait'
      ? `cannot reach ${name} within startupTimeout, ${startupTimeoutMs} ms: check its address and that ` +
          "it runs, or start without it by onStartup: 'lazy'"
      : `cannot reach ${name}: check its address and that it runs, or wait for it by onStartup: 'wait'`;
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.parts.environment.clock.timer(RETRY_MS, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
  }
}
