import { Controller, Get, Header, Inject, type Type } from '@nestjs/common';
import { TasqueueMetrics } from './tasqueue-metrics.js';

/** A controller that answers at this path with the text format of Prometheus. */
export function metricsControllerAt(path: string, contentType: string): Type {
  @Controller(path)
  class MetricsController {
    constructor(@Inject(TasqueueMetrics) private readonly metrics: TasqueueMetrics) {}

    @Get()
    @Header('Content-Type', contentType)
    text(): Promise<string> {
      return this.metrics.text();
    }
  }
  return MetricsController;
}
