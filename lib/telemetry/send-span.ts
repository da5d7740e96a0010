import {
  type Attributes,
  type Context,
  context,
  type Link,
  type Span,
  SpanKind,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import type { Sending, SendTrace } from '../core/tracing.js';
import { contextOf, headersOf } from './carrier.js';
import { recordError } from './errors-on-spans.js';
import { safely } from './safely.js';
import {
  ATTR_CHAIN_ID,
  ATTR_GROUP_ID,
  ATTR_MESSAGING_BATCH_MESSAGE_COUNT,
  ATTR_MESSAGING_DESTINATION_NAME,
  ATTR_MESSAGING_MESSAGE_ID,
  ATTR_MESSAGING_OPERATION_NAME,
  ATTR_MESSAGING_OPERATION_TYPE,
  ATTR_MESSAGING_SYSTEM,
  ATTR_SCHEDULE_ID,
  ATTR_TASK,
  MESSAGING_OPERATION_TYPE_VALUE_SEND,
  MESSAGING_SYSTEM_VALUE,
} from './semantic-conventions.js';

/** Under which attribute the id of each kind stands. */
const ID_ATTRIBUTES = {
  job: ATTR_MESSAGING_MESSAGE_ID,
  jobs: ATTR_MESSAGING_MESSAGE_ID,
  run: ATTR_MESSAGING_MESSAGE_ID,
  group: ATTR_GROUP_ID,
  chain: ATTR_CHAIN_ID,
  schedule: ATTR_SCHEDULE_ID,
} as const;

/** `send <queue>`: the call that enqueues. Its context is what all that is sent with it was caused by. */
export class SendSpan implements SendTrace {
  readonly headers: SendTrace['headers'];
  readonly #span: Span;
  readonly #context: Context;

  constructor(
    tracer: Tracer,
    private readonly sending: Sending,
  ) {
    const cause = contextOf(sending.cause);
    // Nobody's call: only what the schedule was given along (baggage) goes on.
    const parent = sending.detached ? trace.deleteSpan(cause) : context.active();
    const { queue } = sending;
    const name = queue === undefined ? 'send' : `send ${queue}`;
    const options = { kind: SpanKind.PRODUCER, attributes: attributesOf(sending) };
    this.#span = tracer.startSpan(name, { ...options, links: linksTo(cause) }, parent);
    this.#context = trace.setSpan(parent, this.#span);
    this.headers = headersOf(this.#context);
  }

  within<T>(call: () => T): T {
    return context.with(this.#context, call);
  }

  sent(id: string | undefined): void {
    safely(() => {
      if (id !== undefined) this.#span.setAttribute(ID_ATTRIBUTES[this.sending.kind], id);
      this.#span.end();
    });
  }

  failed(error: unknown): void {
    safely(() => {
      recordError(this.#span, error);
      this.#span.end();
    });
  }
}

/** The span that a context comes from, as a link. */
export function linksTo(cause: Context): Link[] {
  const found = trace.getSpanContext(cause);
  return found === undefined ? [] : [{ context: found }];
}

function attributesOf({ queue, task, jobs }: Sending): Attributes {
  return {
    [ATTR_MESSAGING_SYSTEM]: MESSAGING_SYSTEM_VALUE,
    [ATTR_MESSAGING_OPERATION_NAME]: MESSAGING_OPERATION_TYPE_VALUE_SEND,
    [ATTR_MESSAGING_OPERATION_TYPE]: MESSAGING_OPERATION_TYPE_VALUE_SEND,
    [ATTR_MESSAGING_DESTINATION_NAME]: queue,
    [ATTR_MESSAGING_BATCH_MESSAGE_COUNT]: jobs === 1 ? undefined : jobs,
    [ATTR_TASK]: task,
  };
}
