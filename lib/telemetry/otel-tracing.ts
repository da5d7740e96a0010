import type { Tracer } from '@opentelemetry/api';
import type { Attempt, AttemptTrace, Sending, SendTrace, Tracing } from '../core/tracing.js';
import { AttemptSpan } from './attempt-span.js';
import { safely } from './safely.js';
import { SendSpan } from './send-span.js';

/** Where a span could not even be begun. */
const NO_TRACE: SendTrace & AttemptTrace = {
  headers: undefined,
  within: (call) => call(),
  sent: () => {},
  failed: () => {},
  ended: () => {},
};

/** Makes spans of what Tasqueue sends and runs. */
export class OtelTracing implements Tracing {
  constructor(private readonly tracer: Tracer) {}

  send(sending: Sending): SendTrace {
    return safely(() => new SendSpan(this.tracer, sending)) ?? NO_TRACE;
  }

  attempt(attempt: Attempt): AttemptTrace {
    return safely(() => new AttemptSpan(this.tracer, attempt)) ?? NO_TRACE;
  }
}
