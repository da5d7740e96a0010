import type { MeterProvider, TracerProvider } from '@opentelemetry/api';
import { listOf, refuse } from '../core/validation/check.js';
import { methods } from '../core/validation/methods.js';
import { shape, type Table } from '../core/validation/shape.js';
import { boolean, name } from '../core/validation/values.js';

/** What `TasqueueTelemetryModule.forRoot()` takes. */
export interface TasqueueTelemetryOptions {
  /** Spans of what is enqueued and of each attempt. Default true. */
  readonly traces?: boolean | undefined;
  /** Default true. */
  readonly metrics?: boolean | undefined;
  /** Whose depth and oldest age are read. Default: all, the first 100 by name. None: `[]`. */
  readonly queues?: readonly string[] | undefined;
  /** Default: the one registered with the OpenTelemetry API. */
  readonly tracerProvider?: TracerProvider | undefined;
  /** Default: the one registered with the OpenTelemetry API when the module is initialised. */
  readonly meterProvider?: MeterProvider | undefined;
}

export const TELEMETRY_OPTIONS: Table<TasqueueTelemetryOptions> = {
  traces: boolean,
  metrics: boolean,
  queues: listOf('queue names', name),
  tracerProvider: methods('a TracerProvider', { getTracer: true }),
  meterProvider: methods('a MeterProvider', { getMeter: true }),
};

const check = shape(TELEMETRY_OPTIONS);

/** Throws InvalidOptionsError. */
export function checkTelemetryOptions(options: TasqueueTelemetryOptions): void {
  refuse('TasqueueTelemetryModule options', check(options, ''));
}
