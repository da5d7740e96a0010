import { describe, expect, it } from 'vitest';
import { EVENT_NAMES } from '../../lib/core/events.js';
import { TRANSITIONS } from '../../lib/core/lifecycle.js';
import { COUNTERS, GAUGES, HISTOGRAMS, type Metric } from '../../lib/core/metrics/catalogue.js';
import { prometheusName } from '../../lib/metrics/metric-names.js';
import { METRICS_OPTIONS } from '../../lib/metrics/metrics-options.js';
import { TELEMETRY_OPTIONS } from '../../lib/telemetry/telemetry-options.js';
import { readPage } from '../support/docs/page-check.js';
import { codeOf, tableBelow } from '../support/docs/tables.js';

const codesIn = (cell = ''): string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

const rowsOf = (table: Readonly<Record<string, Metric>>, kind: string) =>
  Object.values(table).map((metric) => ({
    metric: metric.name,
    prometheus: prometheusName(metric, kind === 'counter' ? '_total' : ''),
    kind,
    unit: metric.unit,
    labels: [...metric.labels],
    meaning: metric.help,
  }));

describe('docs/guide/observability.md', async () => {
  const page = await readPage('docs/guide/observability.md');

  it('lists every metric, as it is', () => {
    const documented = tableBelow(page, '### All metrics').map((row) => ({
      metric: codeOf(row['metric']),
      prometheus: codeOf(row['for Prometheus']),
      kind: row['kind'],
      unit: codeOf(row['unit']),
      labels: codesIn(row['labels']),
      meaning: row['meaning'],
    }));
    expect(documented).toEqual([
      ...rowsOf(COUNTERS, 'counter'),
      ...rowsOf(HISTOGRAMS, 'histogram'),
      ...rowsOf(GAUGES, 'gauge'),
    ]);
  });

  it('lists every event', () => {
    const documented = tableBelow(page, '## Events').map((row) => codeOf(row['event']));
    expect(documented).toEqual([...EVENT_NAMES]);
  });

  it('says of every transition which event tells it, or why none does', () => {
    const rows = tableBelow(page, 'Every transition of');
    expect(rows.map((row) => codeOf(row['transition']))).toEqual(Object.keys(TRANSITIONS));
    for (const { transition, event = '' } of rows) {
      const [name] = codesIn(event);
      const told = event.startsWith('none: ') || EVENT_NAMES.some((known) => known === name);
      expect([transition, told]).toEqual([transition, true]);
    }
  });

  it.each([
    ['## OpenTelemetry', TELEMETRY_OPTIONS],
    ['## Metrics for Prometheus', METRICS_OPTIONS],
  ])('lists below %s the options that are taken, and no others', (heading, options) => {
    const keys = tableBelow(page, heading).map((row) => codeOf(row['option']));
    expect(new Set(keys)).toEqual(new Set(Object.keys(options)));
  });
});
