import { type Span, SpanStatusCode } from '@opentelemetry/api';
import { asError, describeError } from '../core/error-shape.js';
import { ATTR_ERROR_TYPE } from './semantic-conventions.js';

/** Marks a span as failed. Takes whatever was thrown. */
export function recordError(span: Span, thrown: unknown): void {
  const { message, stack } = describeError(thrown);
  const { name } = asError(thrown);
  span.recordException({ name, message, ...(stack !== undefined && { stack }) });
  span.setAttribute(ATTR_ERROR_TYPE, name);
  span.setStatus({ code: SpanStatusCode.ERROR, message });
}
