import type { Environment } from './environment.js';
import type { Settings } from './options.js';
import type { Broker } from './ports/broker.js';
import type { Results } from './ports/results.js';

const RETRY_MS = 250;

/** Connects both stores as `onStartup` says, and gives up when it says so. */
export class Startup {
  #stopped = false;
  #wake = (): void => {};

  constructor(
    private readonly parts: {
      readonly settings: Settings;
      readonly broker: Broker;
      readonly results: Results;
      readonly environment: Environment;
    },
  ) {}

  /** Rejects with the store's own error. With `lazy` it goes on trying until `stop`. */
  async connect(): Promise<void> {
    const { settings, broker, results } = this.parts;
    await this.#patiently(broker.name, () => broker.connect());
    await this.#patiently(results.name, () => results.connect({ retention: settings.retention }));
  }

  stop(): void {
    this.#stopped = true;
    this.#wake();
  }

  async #patiently(name: string, connect: () => Promise<void>): Promise<void> {
    const { settings, environment } = this.parts;
    const { onStartup, startupTimeoutMs } = settings;
    const startedAt = environment.clock.elapsed();
    for (;;) {
      try {
        await connect();
        return;
      } catch (error) {
        const late = environment.clock.elapsed() - startedAt >= startupTimeoutMs;
        if (this.#stopped || onStartup === 'fail' || (onStartup === 'wait' && late)) throw error;
        environment.log.warn(`cannot reach ${name} yet, trying again`, { error });
        await this.#pause();
      }
    }
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      this.parts.environment.clock.timer(RETRY_MS, resolve);
    });
  }
}
