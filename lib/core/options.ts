import type { Codec } from './codec.js';
import type { Broker } from './ports/broker.js';
import type { Results, Retention, RetentionPolicy } from './ports/results.js';
import type { TaskPolicy } from './spec/task-policy.js';

/** All that `forRoot()` takes. Durations in ms. Wrong options are reported all at once. */
export interface TasqueueOptions {
  /** Of a second instance in one application. Default: the one without a name. */
  readonly name?: string | undefined;
  /** Default: a MemoryBroker of its own. */
  readonly broker?: Broker | undefined;
  /** Default: a MemoryResults of its own. */
  readonly results?: Results | undefined;
  /** A producer opens no blocking connection and runs no job. Default `both`. */
  readonly role?: 'both' | 'producer' | 'worker' | undefined;
  /** Exactly the queues that this process works on, also ones that no task names. Default: those of its tasks. */
  readonly queues?: readonly string[] | Readonly<Record<string, QueueOptions>> | undefined;
  /** False: `TasqueueRunner.start()` is yours to call. Default true. */
  readonly autoStart?: boolean | undefined;
  /** For tasks and jobs that do not say themselves. */
  readonly defaults?: TaskDefaults | undefined;
  /**
   * How long finished jobs are kept. Each entry stands by itself: `{ age }` alone has no limit by count.
   * Default: 10,000 of each, for a day; failed ones for a week.
   */
  readonly retention?: RetentionOptions | undefined;
  /** How long a silent worker keeps its jobs. Default 30 s. */
  readonly lease?: number | undefined;
  /** A job whose worker dies this often is failed, apart from `maxRetries`. Default 3. */
  readonly maxCrashes?: number | undefined;
  /** Unstarted jobs that a worker may hold; `auto` measures. Default `auto`. */
  readonly readAhead?: 'auto' | number | undefined;
  /** Grace for running handlers. Default 10 s. */
  readonly shutdownTimeout?: number | undefined;
  /** With stores unreachable at boot: fail, wait up to `startupTimeout`, or start without them. Default `wait`. */
  readonly onStartup?: 'fail' | 'wait' | 'lazy' | undefined;
  /** Default 10 s. */
  readonly startupTimeout?: number | undefined;
  /** Default 5 s. */
  readonly enqueueTimeout?: number | undefined;
  /** Payloads and results to bytes and back. Default: JSON. */
  readonly codec?: Codec | undefined;
  /** Of the encoded payload. Default 1 MiB. */
  readonly maxPayloadBytes?: number | undefined;
  /** Task names without a handler, at enqueue. Default `refuse`; `allow` for a producer. */
  readonly unknownTasks?: 'refuse' | 'allow' | undefined;
  /** Whether APP_GUARD and its like run on jobs too. Default false. */
  readonly useGlobalEnhancers?: boolean | undefined;
  /**
   * With `all`, this process tells its events to all others that say so too, and hears theirs: see
   * `TasqueueEvents.all`. Default `own`.
   */
  readonly events?: 'own' | 'all' | undefined;
}

export interface QueueOptions {
  /** Handlers that run at once in this process; overrides the tasks'. */
  readonly concurrency?: number | undefined;
}

export interface RetentionOptions {
  readonly successful?: Retention | undefined;
  readonly failed?: Retention | undefined;
  readonly cancelled?: Retention | undefined;
}

/** What tasks and jobs that do not say themselves are given. */
export type TaskDefaults = TaskPolicy;

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
  readonly events: 'own' | 'all';
}
