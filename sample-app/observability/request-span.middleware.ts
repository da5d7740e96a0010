import type { IncomingMessage, ServerResponse } from 'node:http';
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

const LOWEST_SERVER_ERROR = 500;

/**
 * A span for each request, in which all that handles it runs. In an application of yours,
 * `@opentelemetry/instrumentation-http` makes them.
 */
export function requestSpan(
  request: IncomingMessage & { readonly originalUrl: string },
  response: ServerResponse,
  next: () => void,
): void {
  const { method = 'GET', originalUrl, headers } = request;
  const from = propagation.extract(context.active(), headers);
  const attributes = { 'http.request.method': method, 'url.path': originalUrl };
  const span = trace
    .getTracer('shop')
    .startSpan(method, { kind: SpanKind.SERVER, attributes }, from);
  response.once('close', () => {
    span.setAttribute('http.response.status_code', response.statusCode);
    if (response.statusCode >= LOWEST_SERVER_ERROR) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
  context.with(trace.setSpan(from, span), next);
}
