import { availableParallelism, hostname } from 'node:os';
import { cronerReader } from './adapters/croner/croner-reader.js';
import { MemoryBroker } from './adapters/memory/memory-broker.js';
import { MemoryResults } from './adapters/memory/memory-results.js';
import { systemClock } from './core/clock.js';
import type { Environment } from './core/environment.js';
import { systemRandom } from './core/random.js';
import { resolveOptions } from './core/resolve-options.js';
import { Tasqueue } from './core/tasqueue.js';
import { NestLog } from './providers/nest-log.js';
import type { TasqueueAssembly } from './providers/tasqueue.providers.js';

/** Longest that the runtime's timers take; nothing happens when it is over. */
const LONGEST_INTERVAL_MS = 2 ** 31 - 1;

/** Stores in memory where none are given. */
export const assembleTasqueue: TasqueueAssembly = (options, environment) => {
  const { clock } = environment;
  return new Tasqueue({
    settings: resolveOptions(options),
    broker: options.broker ?? new MemoryBroker({ clock }),
    results: options.results ?? new MemoryResults({ clock }),
    environment,
  });
};

/** The machine that this process runs on. */
export function systemEnvironment(): Environment {
  return {
    clock: systemClock,
    random: systemRandom,
    cron: cronerReader,
    log: new NestLog(),
    host: hostname(),
    pid: process.pid,
    cpus: availableParallelism(),
    stayAlive,
  };
}

/** As an open connection does; with the stores in memory there is none. */
function stayAlive(): () => void {
  const handle = setInterval(() => undefined, LONGEST_INTERVAL_MS);
  return () => clearInterval(handle);
}
