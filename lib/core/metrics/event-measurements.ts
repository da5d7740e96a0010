import type { TasqueueEvent } from '../events.js';
import type { CounterKey, HistogramKey, MetricLabels } from './catalogue.js';

/** Takes what is measured. */
export interface Measure {
  /** One more. */
  count(metric: CounterKey, labels: MetricLabels): void;
  observe(metric: HistogramKey, value: number, labels: MetricLabels): void;
}

/** What an event says in numbers. `instance`: of the Tasqueue instance, where it has a name. */
export function measureEvent(event: TasqueueEvent, instance: MetricLabels, measure: Measure): void {
  const { name, queue, task, waitedMs, durationMs } = event;
  const labels = { ...instance, queue, task };
  if (name === 'enqueued') measure.count('enqueued', labels);
  if (name === 'failed') measure.count('failed', labels);
  if (name === 'retrying') measure.count('retried', labels);
  if (waitedMs !== undefined) measure.observe('wait', waitedMs / 1_000, labels);
  // Without one, no handler ran.
  if (durationMs === undefined) return;
  if (name !== 'successful' && name !== 'failed' && name !== 'retrying') return;
  measure.count('processed', { ...labels, outcome: name });
  measure.observe('duration', durationMs / 1_000, { ...labels, outcome: name });
}
