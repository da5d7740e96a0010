import { expected, listOf, refuse, type Check } from '../core/validation/check.js';
import { methods } from '../core/validation/methods.js';
import { isFields, shape, type Table } from '../core/validation/shape.js';
import { name } from '../core/validation/values.js';
import type { PrometheusClient, PrometheusRegistry } from './prometheus-client.js';

/** What `TasqueueMetricsModule.forRoot()` takes. */
export interface TasqueueMetricsOptions {
  /** The application's Prometheus library: `import * as client from 'prom-client'`. */
  readonly client: PrometheusClient;
  /** Where a controller answers; false: nowhere, `TasqueueMetrics` is yours to serve. Default `/metrics`. */
  readonly path?: string | false | undefined;
  /** Default: one of its own. `client.register` shows ours among the application's. */
  readonly registry?: PrometheusRegistry | undefined;
  /** Whose depth and oldest age are read. Default: all, the first 100 by name. None: `[]`. */
  readonly queues?: readonly string[] | undefined;
}

const CLASSES = ['Registry', 'Counter', 'Histogram', 'Gauge'];

const client: Check = (value, at) =>
  isFields(value) && CLASSES.every((key) => typeof value[key] === 'function')
    ? []
    : [expected("a Prometheus library (import * as client from 'prom-client')", at, value)];

const path: Check = (value, at) => (value === false ? [] : name(value, at));

export const METRICS_OPTIONS: Table<TasqueueMetricsOptions> = {
  client,
  path,
  registry: methods('a registry', { metrics: true, registerMetric: true }),
  queues: listOf('queue names', name),
};

const check = shape(METRICS_OPTIONS, { required: ['client'] });

/** Throws InvalidOptionsError. */
export function checkMetricsOptions(options: TasqueueMetricsOptions): void {
  refuse('TasqueueMetricsModule options', check(options, ''));
}
