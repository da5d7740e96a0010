export { TasqueueMetrics } from './tasqueue-metrics.js';
export { TasqueueMetricsModule } from './tasqueue-metrics.module.js';
export type { TasqueueMetricsOptions } from './metrics-options.js';
export type {
  PrometheusClient,
  PrometheusCounter,
  PrometheusGauge,
  PrometheusHistogram,
  PrometheusRegistry,
} from './prometheus-client.js';
