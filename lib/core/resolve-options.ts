import { jsonCodec } from './json-codec.js';
import { optionsProblems } from './options-check.js';
import type { Settings, TasqueueOptions } from './options.js';
import type { Retention, RetentionPolicy } from './ports/results.js';
import { refuse } from './validation/check.js';

const DAY_MS = 24 * 3_600_000;

/** What holds where an option is left out. `unknownTasks` depends on the role, and has none here. */
export const DEFAULTS = Object.freeze({
  role: 'both',
  autoStart: true,
  lease: 30_000,
  maxCrashes: 3,
  readAhead: 'auto',
  shutdownTimeout: 10_000,
  onStartup: 'wait',
  startupTimeout: 10_000,
  enqueueTimeout: 5_000,
  maxPayloadBytes: 2 ** 20,
  useGlobalEnhancers: false,
  events: 'own',
} satisfies TasqueueOptions);

export const DEFAULT_RETENTION: RetentionPolicy = Object.freeze({
  successful: Object.freeze({ age: DAY_MS, count: 10_000 }),
  failed: Object.freeze({ age: 7 * DAY_MS, count: 10_000 }),
  cancelled: Object.freeze({ age: DAY_MS, count: 10_000 }),
});

/** The options with their defaults. Throws InvalidOptionsError with all that is wrong with them. */
export function resolveOptions(options: TasqueueOptions = {}): Settings {
  refuse('TasqueueModule options', optionsProblems(options, ''));
  const { role = DEFAULTS.role } = options;
  return Object.freeze({
    name: options.name,
    role,
    queues: queueMap(options.queues),
    autoStart: options.autoStart ?? DEFAULTS.autoStart,
    defaults: Object.freeze({ ...options.defaults }),
    retention: retentionPolicy(options.retention),
    leaseMs: options.lease ?? DEFAULTS.lease,
    maxCrashes: options.maxCrashes ?? DEFAULTS.maxCrashes,
    readAhead: options.readAhead ?? DEFAULTS.readAhead,
    shutdownTimeoutMs: options.shutdownTimeout ?? DEFAULTS.shutdownTimeout,
    onStartup: options.onStartup ?? DEFAULTS.onStartup,
    startupTimeoutMs: options.startupTimeout ?? DEFAULTS.startupTimeout,
    enqueueTimeoutMs: options.enqueueTimeout ?? DEFAULTS.enqueueTimeout,
    codec: options.codec ?? jsonCodec,
    maxPayloadBytes: options.maxPayloadBytes ?? DEFAULTS.maxPayloadBytes,
    unknownTasks: options.unknownTasks ?? (role === 'producer' ? 'allow' : 'refuse'),
    useGlobalEnhancers: options.useGlobalEnhancers ?? DEFAULTS.useGlobalEnhancers,
    events: options.events ?? DEFAULTS.events,
  });
}

function queueMap(queues: TasqueueOptions['queues']): Settings['queues'] {
  if (queues === undefined) return undefined;
  return Array.isArray(queues)
    ? new Map(queues.map((queue: string) => [queue, undefined]))
    : new Map(Object.entries(queues).map(([queue, { concurrency }]) => [queue, concurrency]));
}

function retentionPolicy(given: TasqueueOptions['retention'] = {}): RetentionPolicy {
  const keep = (status: keyof RetentionPolicy): Retention =>
    given[status] === undefined ? DEFAULT_RETENTION[status] : Object.freeze({ ...given[status] });
  return Object.freeze({
    successful: keep('successful'),
    failed: keep('failed'),
    cancelled: keep('cancelled'),
  });
}
