import { shape, type Table } from '../core/validation/shape.js';
import { duration, integerFrom, name, positiveDuration } from '../core/validation/values.js';

/** What `isHealthy()` takes. */
export interface TasqueueHealthOptions {
  /**
   * The whole check answers within this, ms; stores that take longer are down. Default 1_000. Keep it
   * below the timeout of whoever asks: a Kubernetes probe waits for 1 s unless told otherwise.
   */
  readonly timeout?: number | undefined;
  /** More jobs than this waiting in one queue: degraded. By default nobody counts. */
  readonly maxPending?: number | undefined;
  /**
   * Workers with free slots that have got no answer from the broker for longer than this, ms, are down.
   * Default 30_000. An idle worker hears every 5 s.
   */
  readonly maxStaleness?: number | undefined;
  /** The named instance to look at; default: the one without a name. */
  readonly instance?: string | undefined;
}

export const HEALTH_OPTIONS: Table<TasqueueHealthOptions> = {
  timeout: positiveDuration,
  maxPending: integerFrom(0),
  maxStaleness: duration,
  instance: name,
};

export const healthOptionsProblems = shape(HEALTH_OPTIONS);

export const HEALTH_DEFAULTS = { timeout: 1_000, maxStaleness: 30_000 };
