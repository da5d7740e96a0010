import type { Type } from '@nestjs/common';
import { type JobContext, Task, TasqueueClient, TasqueueModule, job } from 'nestjs-tasqueue';
import { TasqueueTelemetryModule } from 'nestjs-tasqueue/telemetry';
import { describe, expect, it, vi } from 'vitest';
import type { Tasqueue } from '../../lib/core/tasqueue.js';
import type { Tracing } from '../../lib/core/tracing.js';
import { getTasqueueInstanceToken } from '../../lib/providers/tasqueue.tokens.js';
import { eventually, started } from '../nest/support/running-app.js';
import { RecordedSpans } from './support/recorded-spans.js';

const JOBS = 5_000;

function counting(): { readonly tasks: Type; ran(): number; headers: Set<string> } {
  const headers = new Set<string>();
  let ran = 0;
  class Tasks {
    @Task('count') count(_: unknown, ctx: JobContext) {
      for (const key of Object.keys(ctx.headers)) headers.add(key);
      ran += 1;
    }
  }
  return { tasks: Tasks, ran: () => ran, headers };
}

async function runs(client: TasqueueClient): Promise<void> {
  for (let sent = 0; sent < JOBS; sent += 500)
    await client.enqueueMany(Array.from({ length: 500 }, () => job('count')));
}

describe('without the telemetry module', () => {
  it(`${JOBS} jobs make no span, no event and no header, although an SDK is there`, async () => {
    const spans = RecordedSpans.register();
    const { tasks, ran, headers } = counting();
    const app = await started({ imports: [TasqueueModule.forRoot()], providers: [tasks] });
    const { events, tracing } = app.get<Tasqueue>(getTasqueueInstanceToken());
    const emit = vi.spyOn(events, 'emit');
    await runs(app.get(TasqueueClient));
    await eventually(() => expect(ran()).toBe(JOBS));
    expect(tracing.current).toBeUndefined();
    expect(spans.all).toEqual([]);
    expect(emit).not.toHaveBeenCalled();
    expect([...headers]).toEqual([]);
  });
});

describe('the telemetry module', () => {
  it('without metrics has no event made, and without traces no span', async () => {
    const spans = RecordedSpans.register();
    const { tasks, ran } = counting();
    const app = await started({
      imports: [
        TasqueueModule.forRoot(),
        TasqueueTelemetryModule.forRoot({ traces: false, metrics: false }),
      ],
      providers: [tasks],
    });
    await app.get(TasqueueClient).enqueue('count');
    await eventually(() => expect(ran()).toBe(1));
    expect(app.get<Tasqueue>(getTasqueueInstanceToken()).events.heard).toBe(false);
    expect(spans.all).toEqual([]);
  });

  it('puts no header on a job where nobody has registered an SDK', async () => {
    const { tasks, ran, headers } = counting();
    const app = await started({
      imports: [TasqueueModule.forRoot(), TasqueueTelemetryModule.forRoot()],
      providers: [tasks],
    });
    await app.get(TasqueueClient).enqueue('count');
    await eventually(() => expect(ran()).toBe(1));
    expect([...headers]).toEqual([]);
  });

  it('lets go of all instances when the app closes, named ones too', async () => {
    const app = await started({
      imports: [
        TasqueueModule.forRoot(),
        TasqueueModule.forRoot({ name: 'reports' }),
        TasqueueTelemetryModule.forRoot(),
      ],
    });
    const instances = [undefined, 'reports'].map((name) =>
      app.get<Tasqueue>(getTasqueueInstanceToken(name)),
    );
    const traced = () => instances.map(({ tracing, events }) => [!!tracing.current, events.heard]);
    expect(traced()).toEqual([
      [true, true],
      [true, true],
    ]);
    await app.close();
    expect(traced()).toEqual([
      [false, false],
      [false, false],
    ]);
  });

  it('refuses wrong options, all at once', () => {
    const wrong = { trace: true, metrics: 'yes', tracerProvider: {} };
    expect(() => TasqueueTelemetryModule.forRoot(wrong as object)).toThrow(
      /trace: .*did you mean 'traces'[\s\S]*metrics: expected[\s\S]*tracerProvider: expected/,
    );
  });

  it('stops the bootstrap of an application without Tasqueue', async () => {
    await expect(started({ imports: [TasqueueTelemetryModule.forRoot()] })).rejects.toThrow(
      /TASQUEUE_ENVIRONMENT/,
    );
  });
});

it('is called with what is needed to trace, and no more', async () => {
  const told: unknown[] = [];
  const tracing: Tracing = {
    send(sending) {
      told.push(sending);
      return { headers: undefined, within: (call) => call(), sent() {}, failed() {} };
    },
    attempt(attempt) {
      told.push(attempt);
      return { within: (call) => call(), ended: (outcome) => void told.push(outcome) };
    },
  };
  const { tasks } = counting();
  const app = await started({ imports: [TasqueueModule.forRoot()], providers: [tasks] });
  app.get<Tasqueue>(getTasqueueInstanceToken()).tracing.current = tracing;
  await app.get(TasqueueClient).enqueue('count', { secret: 'payload' });
  await eventually(() => expect(told).toHaveLength(3));
  expect(told[2]).toBe('successful');
  expect(JSON.stringify(told)).not.toContain('secret');
});
