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
  type MetricLabels,
} from '../core/metrics/catalogue.js';
import type { Measure } from '../core/metrics/event-measurements.js';
import type { InstanceMetrics } from '../core/metrics/instance-metrics.js';
import { prometheusName } from './metric-names.js';
import type {
  PrometheusClient,
  PrometheusCounter,
  PrometheusGauge,
  PrometheusHistogram,
  PrometheusRegistry,
} from './prometheus-client.js';

/** Shows with a Prometheus library what instances measure. */
export class PrometheusMetrics implements Measure {
  readonly #instances = new Set<InstanceMetrics>();
  readonly #names: string[] = [];
  readonly #counters: ReadonlyMap<CounterKey, PrometheusCounter>;
  readonly #histograms: ReadonlyMap<HistogramKey, PrometheusHistogram>;
  readonly #gauges: ReadonlyMap<GaugeKey, PrometheusGauge>;

  constructor(
    { Counter, Histogram, Gauge }: PrometheusClient,
    private readonly registry: PrometheusRegistry,
  ) {
    const configured = (metric: Metric, suffix?: '_total') => this.#configure(metric, suffix);
    this.#counters = eachOf(COUNTERS, (metric) => new Counter(configured(metric, '_total')));
    this.#histograms = eachOf(
      HISTOGRAMS,
      (metric) => new Histogram({ ...configured(metric), buckets: [...BUCKETS_S] }),
    );
    this.#gauges = eachOf(
      GAUGES,
      (metric, key) => new Gauge({ ...configured(metric), collect: () => this.#collect(key) }),
    );
    for (const table of [this.#counters, this.#histograms, this.#gauges])
      for (const metric of table.values()) registry.registerMetric(metric);
  }

  /** Until the returned function is called. */
  attach(instance: InstanceMetrics): () => void {
    this.#instances.add(instance);
    const unsubscribe = instance.subscribe(this);
    return () => {
      unsubscribe();
      this.#instances.delete(instance);
    };
  }

  count(metric: CounterKey, labels: MetricLabels): void {
    this.#counters.get(metric)?.inc(labels);
  }

  observe(metric: HistogramKey, value: number, labels: MetricLabels): void {
    this.#histograms.get(metric)?.observe(labels, value);
  }

  /** Takes them out of the registry, which may be the application's own. */
  remove(): void {
    for (const name of this.#names) this.registry.removeSingleMetric(name);
  }

  /** Each gauge is collected by itself, all at once: the instances read once for all of them. */
  async #collect(key: GaugeKey): Promise<void> {
    const gauge = this.#gauges.get(key);
    const readings = await Promise.all([...this.#instances].map((instance) => instance.read()));
    gauge?.reset();
    for (const { metric, value, labels } of readings.flat())
      if (metric === key) gauge?.set(labels, value);
  }

  #configure(metric: Metric, suffix?: '_total') {
    const name = prometheusName(metric, suffix);
    this.#names.push(name);
    const labelNames = [...metric.labels, 'instance'];
    return { name, help: metric.help, labelNames, registers: [] };
  }
}
