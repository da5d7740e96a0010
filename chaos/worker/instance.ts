import { hostname } from 'node:os';
import { cronerReader } from '../../lib/adapters/croner/croner-reader.js';
import type { Clock } from '../../lib/core/clock.js';
import type { Log } from '../../lib/core/log.js';
import type { TasqueueOptions } from '../../lib/core/options.js';
import type { Broker } from '../../lib/core/ports/broker.js';
import type { Results } from '../../lib/core/ports/results.js';
import { type Random, systemRandom } from '../../lib/core/random.js';
import { resolveOptions } from '../../lib/core/resolve-options.js';
import { Tasqueue } from '../../lib/core/tasqueue.js';

export interface Surroundings {
  readonly broker: Broker;
  readonly results: Results;
  readonly clock: Clock;
  readonly random?: Random | undefined;
  readonly log?: Log | undefined;
  readonly pid?: number | undefined;
}

/** Disturbances are the point here: what they make the engine say is of no interest until something goes wrong. */
const SILENCE: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** The engine without Nest: it starts in a moment, and takes any clock. */
export function instanceOf(surroundings: Surroundings, options: TasqueueOptions): Tasqueue {
  const { broker, results, clock, random = systemRandom, log = SILENCE } = surroundings;
  const { pid = process.pid } = surroundings;
  return new Tasqueue({
    settings: resolveOptions(options),
    broker,
    results,
    environment: { clock, random, cron: cronerReader, log, host: hostname(), pid, cpus: 2 },
  });
}
