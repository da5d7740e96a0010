import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { SpanProcessor } from '@opentelemetry/sdk-trace-base';
import {
  group,
  InjectTasqueue,
  job,
  type JobContext,
  MemoryBroker,
  MemoryResults,
  OnSuccess,
  Task,
  TasqueueClient,
  TasqueueModule,
  UnrecoverableError,
} from 'nestjs-tasqueue';
import { TasqueueTelemetryModule } from 'nestjs-tasqueue/telemetry';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TASQUEUE_ENVIRONMENT } from '../../lib/providers/tasqueue.tokens.js';
import { systemEnvironment } from '../../lib/tasqueue-assembly.js';
import { Latch } from '../nest/support/latch.js';
import { eventually, started } from '../nest/support/running-app.js';
import {
  inSpan,
  linkedIdsOf,
  parentIdOf,
  RecordedSpans,
  spanIdOf,
  traceIdOf,
} from './support/recorded-spans.js';

const QUEUE = 'tasqueue:tasks';
const SEND = `send ${QUEUE}`;
const PROCESS = `process ${QUEUE}`;

/** What the handlers have seen of the context they ran in. */
interface Seen {
  readonly spanId: string | undefined;
  readonly baggage: string | undefined;
  readonly headers: JobContext['headers'];
}

function lookAround(ctx: JobContext): Seen {
  return {
    spanId: trace.getSpan(context.active())?.spanContext().spanId,
    baggage: propagation.getActiveBaggage()?.getEntry('tenant')?.value,
    headers: ctx.headers,
  };
}

/** An app with telemetry and a few tasks. */
async function tracedApp(...processors: SpanProcessor[]) {
  const spans = RecordedSpans.register(...processors);
  const seen: Record<string, Seen> = {};
  class Tasks {
    constructor(@InjectTasqueue() private readonly tasqueue: TasqueueClient) {}
    @Task('look') async look(name: string, ctx: JobContext) {
      await new Promise((resolve) => void setImmediate(resolve));
      seen[name] = lookAround(ctx);
    }
    @OnSuccess('look') looked(ctx: JobContext) {
      seen[`after ${String(ctx.payload)}`] = lookAround(ctx);
    }
    @Task('pass-on') async passOn(name: string) {
      await this.tasqueue.enqueue('look', name);
    }
    @Task('fail') fail(message: string) {
      throw new UnrecoverableError(message);
    }
    @Task('checked', { payload: z.number() }) checked() {}
  }
  const imports = [TasqueueModule.forRoot(), TasqueueTelemetryModule.forRoot()];
  const app = await started({ imports, providers: [Tasks] });
  const done = (count: number) =>
    eventually(() => expect(spans.named(PROCESS)).toHaveLength(count));
  return { app, client: app.get(TasqueueClient), spans, seen, done };
}

describe('a job', () => {
  it('has a span where it was enqueued, and one where it ran, which is that one’s child', async () => {
    const { client, spans, done } = await tracedApp();
    let id = '';
    const request = await inSpan('request', async () => {
      ({ id } = await client.enqueue('look', 'a'));
    });
    await done(1);
    const [send, process] = [spans.one(SEND), spans.one(PROCESS)];
    expect(parentIdOf(send)).toBe(spanIdOf(request));
    expect(parentIdOf(process)).toBe(spanIdOf(send));
    expect(linkedIdsOf(process)).toEqual([spanIdOf(send)]);
    expect([send.kind, process.kind]).toEqual([SpanKind.PRODUCER, SpanKind.CONSUMER]);
    expect(send.attributes).toEqual({
      'messaging.system': 'tasqueue',
      'messaging.operation.name': 'send',
      'messaging.operation.type': 'send',
      'messaging.destination.name': QUEUE,
      'messaging.message.id': id,
      'tasqueue.task': 'look',
    });
    expect(process.attributes).toEqual({
      'messaging.system': 'tasqueue',
      'messaging.operation.name': 'process',
      'messaging.operation.type': 'process',
      'messaging.destination.name': QUEUE,
      'messaging.message.id': id,
      'tasqueue.task': 'look',
      'tasqueue.attempt': 1,
      'tasqueue.outcome': 'successful',
    });
    expect(process.status.code).toBe(SpanStatusCode.UNSET);
  });

  it('runs within its span, to the end, and so do its callbacks', async () => {
    const { client, spans, seen, done } = await tracedApp();
    await client.enqueue('look', 'a');
    await done(1);
    const spanId = spanIdOf(spans.one(PROCESS));
    await eventually(() => expect(Object.keys(seen)).toEqual(['a', 'after a']));
    expect(seen['a']?.spanId).toBe(spanId);
    expect(seen['after a']?.spanId).toBe(spanId);
  });

  it('that a handler enqueues is the child of the handler', async () => {
    const { client, spans, done } = await tracedApp();
    const request = await inSpan('request', () => client.enqueue('pass-on', 'next'));
    await done(2);
    expect(new Set(spans.all.map(traceIdOf))).toEqual(new Set([traceIdOf(request)]));
    const first = spans
      .named(PROCESS)
      .find(({ attributes }) => attributes['tasqueue.task'] === 'pass-on');
    expect(spans.childrenOf(first!)).toEqual([SEND]);
  });

  it('takes baggage along, and beside it the headers of its own', async () => {
    const { client, seen, done } = await tracedApp();
    const baggage = propagation.createBaggage({ tenant: { value: 'north' } });
    await context.with(propagation.setBaggage(context.active(), baggage), () =>
      client.enqueue('look', 'a', { headers: { mine: 'yes' } }),
    );
    await done(1);
    expect(seen['a']?.baggage).toBe('north');
    expect(seen['a']?.headers).toMatchObject({ mine: 'yes', baggage: 'tenant=north' });
  });

  it('leaves baggage behind that is too long to travel with every job', async () => {
    const { client, seen, done } = await tracedApp();
    // As much as its own propagator writes: no room is left for the rest.
    const value = 'x'.repeat(4_090);
    const baggage = propagation.createBaggage({ a: { value }, b: { value } });
    await context.with(propagation.setBaggage(context.active(), baggage), () =>
      client.enqueue('look', 'a'),
    );
    await done(1);
    expect(Object.keys(seen['a']?.headers ?? {})).toEqual(['traceparent']);
  });

  it('with a traceparent of its own keeps it, and the sender links to it', async () => {
    const { client, spans, done } = await tracedApp();
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    await client.enqueue('look', 'a', { headers: { traceparent } });
    await done(1);
    expect(parentIdOf(spans.one(PROCESS))).toBe('b'.repeat(16));
    expect(linkedIdsOf(spans.one(SEND))).toEqual(['b'.repeat(16)]);
  });

  it('that fails has the error on its span', async () => {
    const { client, spans, done } = await tracedApp();
    await client.enqueue('fail', 'no such thing');
    await done(1);
    const { status, events, attributes } = spans.one(PROCESS);
    expect(status).toEqual({ code: SpanStatusCode.ERROR, message: 'no such thing' });
    expect(events).toMatchObject([
      { name: 'exception', attributes: { 'exception.message': 'no such thing' } },
    ]);
    expect(attributes).toMatchObject({
      'error.type': 'UnrecoverableError',
      'tasqueue.outcome': 'failed',
    });
  });

  it('that is refused before its handler starts has a span all the same', async () => {
    const { client, spans, done } = await tracedApp();
    await client.enqueue('look', 'a', { expiresAt: new Date(0) });
    await done(1);
    expect(spans.one(PROCESS).status.message).toMatch(/^expired/);
  });

  it('that cannot be enqueued has the error where it was tried', async () => {
    const { client, spans } = await tracedApp();
    await expect(client.enqueue('checked', 'no number')).rejects.toThrow('payload');
    expect(spans.one(SEND).status.code).toBe(SpanStatusCode.ERROR);
    expect(spans.one(SEND).attributes['error.type']).toBe('PayloadValidationError');
  });
});

describe('the log of a failure', () => {
  it('is written within the span of the attempt, so that loggers can tell the trace', async () => {
    const spans = RecordedSpans.register();
    const logged: unknown[] = [];
    class Tasks {
      @Task('fail') fail() {
        throw new Error('no');
      }
    }
    const error = () => void logged.push(trace.getActiveSpan()?.spanContext().spanId);
    const log = { info() {}, warn() {}, error };
    const app = await started(
      {
        imports: [TasqueueModule.forRoot(), TasqueueTelemetryModule.forRoot()],
        providers: [Tasks],
      },
      (builder) =>
        builder.overrideProvider(TASQUEUE_ENVIRONMENT).useValue({ ...systemEnvironment(), log }),
    );
    await app.get(TasqueueClient).enqueue('fail');
    await eventually(() => expect(logged).toHaveLength(1));
    expect(logged).toEqual([spanIdOf(spans.one(PROCESS))]);
  });
});

describe('jobs that are enqueued together', () => {
  it('have one sender, which counts them and names what they have in common', async () => {
    const { client, spans, done } = await tracedApp();
    await client.enqueueMany([job('look', 'a'), job('look', 'b'), job('pass-on', 'c')]);
    await done(4);
    const sends = spans.named(SEND).filter(({ attributes }) => {
      return attributes['messaging.batch.message_count'] === 3;
    });
    expect(sends).toHaveLength(1);
    expect(sends[0]?.attributes['tasqueue.task']).toBeUndefined();
    expect(spans.childrenOf(sends[0]!)).toEqual([PROCESS, PROCESS, PROCESS]);
  });

  it('in several queues have a sender without a destination', async () => {
    const { client, spans } = await tracedApp();
    await client.enqueueMany([job('look', 'a'), job('look', 'b', { queue: 'elsewhere' })]);
    expect(spans.one('send').attributes['messaging.destination.name']).toBeUndefined();
  });
});

describe('two processes on one broker', () => {
  it('are linked by headers alone', async () => {
    const spans = RecordedSpans.register();
    const [broker, results] = [new MemoryBroker(), new MemoryResults()];
    class Tasks {
      @Task('there') there() {}
    }
    const imports = (role: 'producer' | 'worker') => [
      TasqueueModule.forRoot({ broker, results, role }),
      TasqueueTelemetryModule.forRoot(),
    ];
    await started({ imports: imports('worker'), providers: [Tasks] });
    const shop = await started({ imports: imports('producer') });
    const request = await inSpan('request', () =>
      shop.get(TasqueueClient).enqueueGroup(group([job('there'), job('there')], { id: 'g' })),
    );
    await eventually(() => expect(spans.named(PROCESS)).toHaveLength(2));
    const send = spans.one(SEND);
    expect(parentIdOf(send)).toBe(spanIdOf(request));
    expect(send.attributes['tasqueue.group.id']).toBe('g');
    for (const process of spans.named(PROCESS)) {
      expect(parentIdOf(process)).toBe(spanIdOf(send));
      expect(process.attributes['tasqueue.group.id']).toBe('g');
    }
  });
});

describe('a shutdown', () => {
  it('ends the span of a job that it hands back, without an error', async () => {
    const spans = RecordedSpans.register();
    const running = new Latch();
    class Tasks {
      @Task('hold') async hold() {
        running.open();
        await new Promise(() => {});
      }
    }
    const app = await started({
      imports: [TasqueueModule.forRoot({ shutdownTimeout: 1 }), TasqueueTelemetryModule.forRoot()],
      providers: [Tasks],
    });
    await app.get(TasqueueClient).enqueue('hold');
    await running.opened;
    await app.close();
    const { attributes, status } = spans.one(PROCESS);
    expect(attributes['tasqueue.outcome']).toBe('released');
    expect(status.code).toBe(SpanStatusCode.UNSET);
  });
});

it('lets no span processor that throws do harm to a job', async () => {
  const angry: SpanProcessor = {
    onStart: () => {
      throw new Error('cannot start');
    },
    onEnd: () => {
      throw new Error('cannot end');
    },
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
  const { client } = await tracedApp(angry);
  const handle = await client.enqueue('look', 'a');
  await expect(handle.result()).resolves.toBeUndefined();
  await expect((await client.enqueue('fail', 'no')).result()).rejects.toThrow('no');
});
