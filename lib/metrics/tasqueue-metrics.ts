import type { ModulesContainer } from '@nestjs/core';
import type { Environment } from '../core/environment.js';
import { InstanceMetrics } from '../core/metrics/instance-metrics.js';
import type { Tasqueue } from '../core/tasqueue.js';
import { InstancesLifecycle } from '../providers/instances.lifecycle.js';
import type { TasqueueMetricsOptions } from './metrics-options.js';
import type { PrometheusRegistry } from './prometheus-client.js';
import { PrometheusMetrics } from './prometheus-metrics.js';

/** The metrics of every Tasqueue instance in the application, as Prometheus reads them. */
export class TasqueueMetrics extends InstancesLifecycle {
  readonly #registry: PrometheusRegistry;
  readonly #metrics: PrometheusMetrics;

  /** Made by TasqueueMetricsModule; inject it. */
  constructor(
    private readonly options: TasqueueMetricsOptions,
    private readonly environment: Environment,
    modules: ModulesContainer,
  ) {
    super(modules);
    const { client } = options;
    this.#registry = options.registry ?? new client.Registry();
    this.#metrics = new PrometheusMetrics(client, this.#registry);
  }

  /** To be sent as the content type of `text()`. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  /** All that the registry holds, as text. The queues are looked at now; those that do not answer are left out. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  override onApplicationShutdown(): void {
    super.onApplicationShutdown();
    this.#metrics.remove();
  }

  protected override attach(instance: Tasqueue): () => void {
    const { environment } = this;
    const { queues } = this.options;
    return this.#metrics.attach(new InstanceMetrics(instance, { environment, queues }));
  }
}
