import type { Clock } from '../../../lib/core/clock.js';
import type { BrokerWatch } from './broker-watch.js';
import type { Chronicle } from './chronicle.js';
import type { ResultsWatch } from './results-watch.js';
import type { Setting } from './setting.js';

export const LEASE_MS = 30_000;
export const MAX_CRASHES = 3;
export const QUEUE = 'storm';

/** What a worker in a storm has around it. */
export interface Surroundings {
  readonly clock: Clock;
  readonly chronicle: Chronicle;
  readonly brokerWatch: BrokerWatch;
  readonly resultsWatch: ResultsWatch;
  readonly setting: Setting;
  ask(call: () => Promise<unknown>): void;
}
