import type { ModulesContainer } from '@nestjs/core';
import { metrics, trace } from '@opentelemetry/api';
import type { Environment } from '../core/environment.js';
import { InstanceMetrics } from '../core/metrics/instance-metrics.js';
import type { Tasqueue } from '../core/tasqueue.js';
import { InstancesLifecycle } from '../providers/instances.lifecycle.js';
import { OtelMetrics } from './otel-metrics.js';
import { OtelTracing } from './otel-tracing.js';
import type { TasqueueTelemetryOptions } from './telemetry-options.js';

/** As who we make spans and measure. */
const SCOPE = 'nestjs-tasqueue';

/** Connects all instances of the app to OpenTelemetry. */
export class TasqueueTelemetryLifecycle extends InstancesLifecycle {
  #metrics: OtelMetrics | undefined;

  constructor(
    private readonly options: TasqueueTelemetryOptions,
    private readonly environment: Environment,
    modules: ModulesContainer,
  ) {
    super(modules);
  }

  protected override attach(instance: Tasqueue): () => void {
    const { traces = true, metrics: wanted = true } = this.options;
    if (traces) instance.tracing.current = this.#tracing();
    const unsubscribe = wanted ? this.#measure(instance) : undefined;
    return () => {
      instance.tracing.current = undefined;
      unsubscribe?.();
    };
  }

  #tracing(): OtelTracing {
    return new OtelTracing((this.options.tracerProvider ?? trace).getTracer(SCOPE));
  }

  #measure(instance: Tasqueue): () => void {
    const { environment } = this;
    const { meterProvider = metrics, queues } = this.options;
    // One set of instruments for all instances.
    this.#metrics ??= new OtelMetrics(meterProvider.getMeter(SCOPE));
    return this.#metrics.attach(new InstanceMetrics(instance, { environment, queues }));
  }
}
