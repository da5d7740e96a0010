import type {
  Attributes,
  BatchObservableCallback,
  Counter,
  Histogram,
  Meter,
  MetricOptions,
  ObservableGauge,
} from '@opentelemetry/api';
import {
  BUCKETS_S,
  COUNTERS,
  eachOf,
  GAUGES,
  HISTOGRAMS,
  type CounterKey,
  type GaugeKey,
  type HistogramKey,
  type Metric,
  type MetricLabel,
  type MetricLabels,
} from '../core/metrics/catalogue.js';
import type { Measure } from '../core/metrics/event-measurements.js';
import type { InstanceMetrics } from '../core/metrics/instance-metrics.js';
import {
  ATTR_INSTANCE,
  ATTR_MESSAGING_DESTINATION_NAME,
  ATTR_MESSAGING_SYSTEM,
  ATTR_OUTCOME,
  ATTR_STATE,
  ATTR_STORE,
  ATTR_TASK,
  MESSAGING_SYSTEM_VALUE,
} from './semantic-conventions.js';

const ATTRIBUTES: readonly (readonly [MetricLabel, string])[] = [
  ['queue', ATTR_MESSAGING_DESTINATION_NAME],
  ['task', ATTR_TASK],
  ['outcome', ATTR_OUTCOME],
  ['state', ATTR_STATE],
  ['store', ATTR_STORE],
  ['instance', ATTR_INSTANCE],
];

/** Shows by the metrics API what instances measure. */
export class OtelMetrics implements Measure {
  readonly #counters: ReadonlyMap<CounterKey, Counter>;
  readonly #histograms: ReadonlyMap<HistogramKey, Histogram>;
  readonly #gauges: ReadonlyMap<GaugeKey, ObservableGauge>;

  constructor(private readonly meter: Meter) {
    const advice = { explicitBucketBoundaries: [...BUCKETS_S] };
    this.#counters = eachOf(COUNTERS, (metric) =>
      meter.createCounter(metric.name, optionsOf(metric)),
    );
    this.#histograms = eachOf(HISTOGRAMS, (metric) =>
      meter.createHistogram(metric.name, { ...optionsOf(metric), advice }),
    );
    this.#gauges = eachOf(GAUGES, (metric) =>
      meter.createObservableGauge(metric.name, optionsOf(metric)),
    );
  }

  count(metric: CounterKey, labels: MetricLabels): void {
    this.#counters.get(metric)?.add(1, attributesOf(labels));
  }

  observe(metric: HistogramKey, value: number, labels: MetricLabels): void {
    this.#histograms.get(metric)?.record(value, attributesOf(labels));
  }

  /** Until the returned function is called. */
  attach(instance: InstanceMetrics): () => void {
    const unsubscribe = instance.subscribe(this);
    const gauges = [...this.#gauges.values()];
    const observe: BatchObservableCallback = async (result) => {
      for (const { metric, value, labels } of await instance.read()) {
        const gauge = this.#gauges.get(metric);
        if (gauge) result.observe(gauge, value, attributesOf(labels));
      }
    };
    this.meter.addBatchObservableCallback(observe, gauges);
    return () => {
      unsubscribe();
      this.meter.removeBatchObservableCallback(observe, gauges);
    };
  }
}

function optionsOf({ unit, help: description }: Metric): MetricOptions {
  return { unit, description };
}

function attributesOf(labels: MetricLabels): Attributes {
  const attributes: Attributes = { [ATTR_MESSAGING_SYSTEM]: MESSAGING_SYSTEM_VALUE };
  for (const [label, attribute] of ATTRIBUTES) {
    const value = labels[label];
    if (value !== undefined) attributes[attribute] = value;
  }
  return attributes;
}
