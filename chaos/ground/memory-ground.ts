import { MemoryBroker } from '../../lib/adapters/memory/memory-broker.js';
import { MemoryResults } from '../../lib/adapters/memory/memory-results.js';
import { BrokerUnavailableError, ResultsUnavailableError } from '../../lib/core/errors.js';
import type { Broker } from '../../lib/core/ports/broker.js';
import type { Results } from '../../lib/core/ports/results.js';
import { CONNECTION_BROKEN, Line, type StandingFate } from '../../test/support/faults/line.js';
import type { Ground, Ordeal, Stores } from './ground.js';
import { pause } from './pause.js';

const ORDEAL_MS = 500;

/** Stores in this process, which machines in this process reach by lines that may fail. */
export class MemoryGround implements Ground {
  readonly ordeals: Readonly<Record<string, Ordeal>> = {
    'refused calls': () =>
      this.#suffer(async () => {
        throw CONNECTION_BROKEN;
      }),
    'lost answers': () =>
      this.#suffer(async (call) => {
        await call();
        throw CONNECTION_BROKEN;
      }),
  };
  #stores: Stores = { broker: new MemoryBroker(), results: new MemoryResults() };
  #weather: StandingFate = (call) => call();

  async open(): Promise<Stores> {
    const { broker, results } = this.#stores;
    const brokerLine = new Line<Broker>(BrokerUnavailableError);
    const resultsLine = new Line<Results>(ResultsUnavailableError);
    for (const line of [brokerLine, resultsLine])
      line.standing((call, method) => this.#weather(call, method));
    return { broker: brokerLine.to(broker), results: resultsLine.to(results) };
  }

  async openSafely(): Promise<Stores> {
    return this.#stores;
  }

  async leftovers(): Promise<readonly string[]> {
    const sessions = await this.#stores.broker.inspect.sessions();
    return sessions.map(({ session }) => `the session ${session}`);
  }

  async clear(): Promise<void> {
    this.#stores = { broker: new MemoryBroker(), results: new MemoryResults() };
  }

  async close(): Promise<void> {
    await this.clear();
  }

  async #suffer(fate: StandingFate): Promise<void> {
    this.#weather = fate;
    await pause(ORDEAL_MS);
    this.#weather = (call) => call();
  }
}
