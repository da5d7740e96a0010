import type { Codec } from './codec.js';
import type { Broker } from './ports/broker.js';
import type { Results, Retention, RetentionPolicy } from './ports/results.js';
import type { Backoff, BackoffFunction } from './spec/job-options.js';

/** All that `forRoot()` takes. Durations in ms. */
export interface TasqueueOptions {
  readonly name?: string | undefined;
  readonly broker?: Broker | undefined;
  readonly results?: Results | undefined;
  readonly role?: 'both' | 'producer' | 'worker' | undefined;
  readonly queues?: readonly string[] | Readonly<Record<string, QueueOptions>> | undefined;
  readonly autoStart?: boolean | undefined;
  readonly defaults?: TaskDefaults | undefined;
  readonly retention?:
    | {
        readonly successful?: Retention | undefined;
        readonly failed?: Retention | undefined;
        readonly cancelled?: Retention | undefined;
      }
    | undefined;
  readonly lease?: number | undefined;
  readonly maxCrashes?: number | undefined;
  readonly readAhead?: 'auto' | number | undefined;
  readonly shutdownTimeout?: number | undefined;
  readonly onStartup?: 'fail' | 'wait' | 'lazy' | undefined;
  readonly startupTimeout?: number | undefined;
  readonly enqueueTimeout?: number | undefined;
  readonly codec?: Codec | undefined;
  readonly maxPayloadBytes?: number | undefined;
  readonly unknownTasks?: 'refuse' | 'allow' | undefined;
  readonly useGlobalEnhancers?: boolean | undefined;
}

export interface QueueOptions {
  readonly concurrency?: number | undefined;
}

export interface TaskDefaults {
  readonly maxRetries?: number | undefined;
  readonly backoff?: Backoff | BackoffFunction | undefined;
  readonly timeout?: number | undefined;
}

/** The options with every default filled in; frozen. Names carry their unit from here on. */
export interface Settings {
  readonly name: string | undefined;
  readonly role: 'both' | 'producer' | 'worker';
  /** The queues this process works on, with their concurrency where given; undefined: those of its tasks. */
  readonly queues: ReadonlyMap<string, number | undefined> | undefined;
  readonly autoStart: boolean;
  readonly defaults: TaskDefaults;
  readonly retention: RetentionPolicy;
  readonly leaseMs: number;
  readonly maxCrashes: number;
  readonly readAhead: 'auto' | number;
  readonly shutdownTimeoutMs: number;
  readonly onStartup: 'fail' | 'wait' | 'lazy';
  readonly startupTimeoutMs: number;
  readonly enqueueTimeoutMs: number;
  readonly codec: Codec;
  readonly maxPayloadBytes: number;
  readonly unknownTasks: 'refuse' | 'allow';
  readonly useGlobalEnhancers: boolean;
}
