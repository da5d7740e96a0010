import {
  type Attributes,
  type Context,
  context,
  type Span,
  SpanKind,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import type { Attempt, AttemptOutcome, AttemptTrace } from '../core/tracing.js';
import { contextOf } from './carrier.js';
import { recordError } from './errors-on-spans.js';
import { safely } from './safely.js';
import { linksTo } from './send-span.js';
import {
  ATTR_ATTEMPT,
  ATTR_CHAIN_ID,
  ATTR_GROUP_ID,
  ATTR_MESSAGING_DESTINATION_NAME,
  ATTR_MESSAGING_MESSAGE_ID,
  ATTR_MESSAGING_OPERATION_NAME,
  ATTR_MESSAGING_OPERATION_TYPE,
  ATTR_MESSAGING_SYSTEM,
  ATTR_OUTCOME,
  ATTR_SCHEDULE_ID,
  ATTR_TASK,
  MESSAGING_OPERATION_TYPE_VALUE_PROCESS,
  MESSAGING_SYSTEM_VALUE,
} from './semantic-conventions.js';

/** `process <queue>`: one attempt, from before the payload is checked until its outcome is known. */
export class AttemptSpan implements AttemptTrace {
  readonly #span: Span;
  readonly #context: Context;

  constructor(tracer: Tracer, attempt: Attempt) {
    const cause = contextOf(attempt.headers);
    const options = { kind: SpanKind.CONSUMER, attributes: attributesOf(attempt) };
    const name = `process ${attempt.queue}`;
    this.#span = tracer.startSpan(name, { ...options, links: linksTo(cause) }, cause);
    this.#context = trace.setSpan(cause, this.#span);
  }

  within<T>(call: () => T): T {
    return context.with(this.#context, call);
  }

  ended(outcome: AttemptOutcome, error: Error | undefined): void {
    safely(() => {
      this.#span.setAttribute(ATTR_OUTCOME, outcome);
      if (error !== undefined) recordError(this.#span, error);
      this.#span.end();
    });
  }
}

function attributesOf(attempt: Attempt): Attributes {
  return {
    [ATTR_MESSAGING_SYSTEM]: MESSAGING_SYSTEM_VALUE,
    [ATTR_MESSAGING_OPERATION_NAME]: MESSAGING_OPERATION_TYPE_VALUE_PROCESS,
    [ATTR_MESSAGING_OPERATION_TYPE]: MESSAGING_OPERATION_TYPE_VALUE_PROCESS,
    [ATTR_MESSAGING_DESTINATION_NAME]: attempt.queue,
    [ATTR_MESSAGING_MESSAGE_ID]: attempt.jobId,
    [ATTR_TASK]: attempt.task,
    [ATTR_ATTEMPT]: attempt.attempt,
    [ATTR_SCHEDULE_ID]: attempt.scheduleId,
    [ATTR_GROUP_ID]: attempt.groupId,
    [ATTR_CHAIN_ID]: attempt.chainId,
  };
}
