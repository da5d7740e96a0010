import { context, diag, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  CompositePropagator,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from '@opentelemetry/core';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { onTestFinished } from 'vitest';

/** The spans of one test, by an SDK that is registered until the test is over. */
export class RecordedSpans {
  readonly #exporter = new InMemorySpanExporter();

  static register(...processors: SpanProcessor[]): RecordedSpans {
    const recorded = new RecordedSpans();
    const exporting = new SimpleSpanProcessor(recorded.#exporter);
    const provider = new BasicTracerProvider({ spanProcessors: [exporting, ...processors] });
    trace.setGlobalTracerProvider(provider);
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    propagation.setGlobalPropagator(
      new CompositePropagator({
        propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()],
      }),
    );
    onTestFinished(async () => {
      for (const api of [trace, context, propagation, diag]) api.disable();
      await provider.shutdown();
    });
    return recorded;
  }

  get all(): readonly ReadableSpan[] {
    return this.#exporter.getFinishedSpans();
  }

  named(name: string): ReadableSpan[] {
    return this.all.filter((span) => span.name === name);
  }

  /** The only one of this name. */
  one(name: string): ReadableSpan {
    const found = this.named(name);
    if (found.length !== 1)
      throw new Error(`${found.length} of ${this.all.map((span) => span.name).join(', ')}`);
    return found[0]!;
  }

  /** Those that have this one as their parent, by name. */
  childrenOf(parent: ReadableSpan): string[] {
    const { spanId } = parent.spanContext();
    return this.all
      .filter(({ parentSpanContext }) => parentSpanContext?.spanId === spanId)
      .map(({ name }) => name);
  }
}

/** Runs the call in a span of its own, as a request would; gives the span. */
export async function inSpan(name: string, call: () => Promise<unknown>): Promise<ReadableSpan> {
  const span = trace.getTracer('test').startSpan(name);
  await context.with(trace.setSpan(context.active(), span), call);
  span.end();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the SDK registered above makes
  return span as unknown as ReadableSpan;
}

export const traceIdOf = (span: ReadableSpan): string => span.spanContext().traceId;

export const spanIdOf = (span: ReadableSpan): string => span.spanContext().spanId;

export const parentIdOf = (span: ReadableSpan): string | undefined =>
  span.parentSpanContext?.spanId;

export const linkedIdsOf = (span: ReadableSpan): string[] =>
  span.links.map(({ context: { spanId } }) => spanId);
