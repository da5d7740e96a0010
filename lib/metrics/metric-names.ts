import type { Metric } from '../core/metrics/catalogue.js';

/** What OpenTelemetry's exporters make of our units; annotations in braces have no suffix. */
const UNIT_SUFFIXES: Readonly<Partial<Record<Metric['unit'], string>>> = { s: '_seconds' };

/** A metric's name as OpenTelemetry's own rules translate it for Prometheus. */
export function prometheusName({ name, unit }: Metric, suffix: '_total' | '' = ''): string {
  return `${name.replaceAll('.', '_')}${UNIT_SUFFIXES[unit] ?? ''}${suffix}`;
}
