import { SpanStatusCode } from '@opentelemetry/api';
import {
  chain,
  group,
  job,
  type JobContext,
  Task,
  TasqueueAdmin,
  TasqueueClient,
} from 'nestjs-tasqueue';
import { TasqueueTelemetryModule } from 'nestjs-tasqueue/telemetry';
import { TasqueueTester, TasqueueTestingModule } from 'nestjs-tasqueue/testing';
import { describe, expect, it } from 'vitest';
import { started } from '../nest/support/running-app.js';
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
const MINUTE_MS = 60_000;

class Tasks {
  @Task('step') step() {}
  @Task('flaky', { maxRetries: 1, backoff: 1_000 }) flaky(_: unknown, ctx: JobContext) {
    if (ctx.attempt === 1) throw new Error('not yet');
  }
}

/** An app in the hands of a tester, with telemetry. */
async function testedApp() {
  const spans = RecordedSpans.register();
  const app = await started({
    imports: [
      TasqueueTestingModule.forRoot({ mode: 'manual', startAt: new Date('2030-01-01T00:00:30Z') }),
      TasqueueTelemetryModule.forRoot(),
    ],
    providers: [Tasks],
  });
  const [client, tester] = [app.get(TasqueueClient), app.get(TasqueueTester)];
  return { client, tester, admin: app.get(TasqueueAdmin), spans };
}

describe('a chain', () => {
  it('is one trace, its steps and what comes of its failure below the span that sent it', async () => {
    const { client, tester, spans } = await testedApp();
    const inner = group([job('step'), job('step')], { onComplete: [job('step')] });
    const request = await inSpan('request', () =>
      client.enqueueChain(chain([job('step'), inner, job('step')], { id: 'c' })),
    );
    await tester.drain();
    const send = spans.one(SEND);
    expect(spans.named(PROCESS)).toHaveLength(5);
    expect(spans.childrenOf(send)).toHaveLength(5);
    expect(new Set(spans.all.map(traceIdOf))).toEqual(new Set([traceIdOf(request)]));
    expect(send.attributes).toMatchObject({
      'tasqueue.chain.id': 'c',
      'messaging.batch.message_count': 4,
    });
    const steps = spans.named(PROCESS).map(({ attributes }) => attributes['tasqueue.chain.id']);
    expect(steps.filter((id) => id === 'c')).toHaveLength(2);
  });
});

describe('a retry', () => {
  it('is the sibling of the attempt that failed', async () => {
    const { client, tester, spans } = await testedApp();
    await client.enqueue('flaky');
    await tester.advance(1_000);
    const [first, second] = spans.named(PROCESS);
    const send = spans.one(SEND);
    expect([parentIdOf(first!), parentIdOf(second!)]).toEqual([spanIdOf(send), spanIdOf(send)]);
    expect(first?.status).toEqual({ code: SpanStatusCode.ERROR, message: 'not yet' });
    expect(first?.attributes).toMatchObject({
      'tasqueue.attempt': 1,
      'tasqueue.outcome': 'retrying',
    });
    expect(second?.attributes).toMatchObject({
      'tasqueue.attempt': 2,
      'tasqueue.outcome': 'successful',
    });
  });

  it('by hand still belongs to the call that enqueued it', async () => {
    const { client, tester, spans } = await testedApp();
    const { id } = await client.enqueue('flaky', undefined, { maxRetries: 0 });
    await tester.drain();
    await inSpan('a click', () => client.retry(id));
    await tester.drain();
    expect(spans.childrenOf(spans.one(SEND))).toEqual([PROCESS, PROCESS]);
  });
});

describe('a follow-up', () => {
  it('is in the trace of the job that it follows', async () => {
    const { client, tester, spans } = await testedApp();
    await client.enqueue('step', undefined, { onSuccess: [job('step')] });
    await tester.drain();
    expect(spans.childrenOf(spans.one(SEND))).toEqual([PROCESS, PROCESS]);
  });
});

describe('a schedule', () => {
  it('gives each run a trace of its own, which links to where the schedule was made', async () => {
    const { client, tester, spans } = await testedApp();
    const request = await inSpan('request', () =>
      client.enqueue('step', undefined, { id: 's', schedule: '* * * * *' }),
    );
    // Whatever started the worker has nothing to do with its slots.
    await inSpan('somebody else', () => tester.advance(2 * MINUTE_MS));
    const [made, ...runs] = spans.named(SEND);
    expect(traceIdOf(made!)).toBe(traceIdOf(request));
    expect(made?.attributes['tasqueue.schedule.id']).toBe('s');
    expect(runs).toHaveLength(2);
    for (const run of runs) {
      expect(parentIdOf(run)).toBeUndefined();
      expect(linkedIdsOf(run)).toEqual([spanIdOf(made!)]);
      expect(spans.childrenOf(run)).toEqual([PROCESS]);
      expect(run.attributes['messaging.message.id']).toMatch(/^s:2030/);
    }
    const traces = new Set([made!, ...runs].map(traceIdOf));
    expect(traces.size).toBe(3);
    const [process] = spans.named(PROCESS);
    expect(process?.attributes['tasqueue.schedule.id']).toBe('s');
  });

  it('that is run by hand is the child of who asked for it', async () => {
    const { client, admin, tester, spans } = await testedApp();
    await client.enqueue('step', undefined, { id: 's', schedule: '0 0 1 1 *' });
    const click = await inSpan('a click', () => admin.runNow('s'));
    await tester.drain();
    const [made, run] = spans.named(SEND);
    expect(parentIdOf(run!)).toBe(spanIdOf(click));
    expect(linkedIdsOf(run!)).toEqual([spanIdOf(made!)]);
    expect(spans.childrenOf(run!)).toEqual([PROCESS]);
  });
});
