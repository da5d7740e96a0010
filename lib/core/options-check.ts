import { LONGEST_LEASE_MS } from './lease.js';
import type { Codec } from './codec.js';
import type { QueueOptions, RetentionOptions, TasqueueOptions } from './options.js';
import { broker, results } from './ports-check.js';
import type { Retention } from './ports/results.js';
import { POLICY } from './spec/policy-checks.js';
import { expecting, listOf, oneOf, type Check } from './validation/check.js';
import { methods, type MethodsOf } from './validation/methods.js';
import { recordOf, shape, type Table } from './validation/shape.js';
import {
  boolean,
  duration,
  durationWithin,
  integerFrom,
  name,
  positiveDuration,
} from './validation/values.js';

/** Below this, a busy event loop alone would lose leases. */
const SHORTEST_LEASE_MS = 1_000;

const CODEC: MethodsOf<Codec> = { encode: true, decode: true };

const QUEUE: Table<QueueOptions> = { concurrency: integerFrom(1) };

const RETENTION: Table<Retention> = { age: duration, count: integerFrom(0) };
const keep = shape(RETENTION);
const RETENTIONS: Table<RetentionOptions> = { successful: keep, failed: keep, cancelled: keep };

const queueNames = listOf('queue names', name);
const queuesByName = recordOf(name, shape(QUEUE));
const queues: Check = (value, at) =>
  Array.isArray(value) ? queueNames(value, at) : queuesByName(value, at);

const readAhead = expecting(
  "'auto' or an integer, 0 or more",
  (value) => value === 'auto' || integerFrom(0)(value, '').length === 0,
);

export const TASQUEUE_OPTIONS: Table<TasqueueOptions> = {
  name,
  broker,
  results,
  role: oneOf('both', 'producer', 'worker'),
  queues,
  autoStart: boolean,
  defaults: shape(POLICY),
  retention: shape(RETENTIONS),
  lease: durationWithin(SHORTEST_LEASE_MS, LONGEST_LEASE_MS),
  maxCrashes: integerFrom(1),
  readAhead,
  shutdownTimeout: duration,
  onStartup: oneOf('fail', 'wait', 'lazy'),
  startupTimeout: positiveDuration,
  enqueueTimeout: positiveDuration,
  codec: methods('a codec', CODEC),
  maxPayloadBytes: integerFrom(1),
  unknownTasks: oneOf('refuse', 'allow'),
  useGlobalEnhancers: boolean,
  events: oneOf('own', 'all'),
};

/** Everything that is wrong with what `forRoot()` was given. */
export const optionsProblems: Check = shape(TASQUEUE_OPTIONS);
