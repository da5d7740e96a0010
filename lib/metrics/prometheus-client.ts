type Labels = Readonly<Record<string, string>>;

interface MetricConfiguration {
  readonly name: string;
  readonly help: string;
  readonly labelNames: string[];
  /** None: registered by hand, with whichever registry it is. */
  readonly registers: never[];
}

export interface PrometheusCounter {
  inc(labels: Labels, value?: number): void;
}

export interface PrometheusHistogram {
  observe(labels: Labels, value: number): void;
}

export interface PrometheusGauge {
  set(labels: Labels, value: number): void;
  reset(): void;
}

/** What we ask of a registry, be it the application's own. */
export interface PrometheusRegistry {
  readonly contentType: string;
  metrics(): Promise<string>;
  registerMetric(metric: PrometheusCounter | PrometheusHistogram | PrometheusGauge): void;
  removeSingleMetric(name: string): void;
}

/** What we ask of a Prometheus library: `import * as client from 'prom-client'`, or its successor `@prometheus-io/client`. */
export interface PrometheusClient {
  readonly Registry: new () => PrometheusRegistry;
  readonly Counter: new (configuration: MetricConfiguration) => PrometheusCounter;
  readonly Histogram: new (
    configuration: MetricConfiguration & { readonly buckets: number[] },
  ) => PrometheusHistogram;
  readonly Gauge: new (
    configuration: MetricConfiguration & { readonly collect: () => Promise<void> },
  ) => PrometheusGauge;
}
