import { Inject, Injectable, Scope } from '@nestjs/common';
import { REQUEST } from '@nestjs/core';
import { describe, expect, it, vi } from 'vitest';
import type { Tasqueue } from '../../lib/core/tasqueue.js';
import { EventBus, type OwnEvent, type TasqueueEvent } from '../../lib/core/events.js';
import {
  InvalidStateError,
  type JobContext,
  MemoryBroker,
  MemoryResults,
  OnFailed,
  OnProcessing,
  OnRetrying,
  OnSuccess,
  OnTasqueueEvent,
  Task,
  TasqueueEvents,
} from '../../lib/index.js';
import {
  getTasqueueInstanceToken,
  TASQUEUE_ASSEMBLY,
  TASQUEUE_ENVIRONMENT,
} from '../../lib/providers/tasqueue.tokens.js';
import { assembleTasqueue, systemEnvironment } from '../../lib/tasqueue-assembly.js';
import { eventually, resultOf, runningApp, started } from './support/running-app.js';
import { TasqueueModule } from '../../lib/tasqueue.module.js';

const event = (name: TasqueueEvent['name']): OwnEvent => ({
  name,
  jobId: 'j1',
  task: 't',
  queue: 'q',
  at: new Date(0),
});

class Flaky {
  @Task('flaky', { maxRetries: 1, backoff: 0 })
  flaky(_: unknown, ctx: JobContext) {
    if (ctx.attempt === 1) throw new Error('first');
    return 'second';
  }
  @Task('hopeless') hopeless() {
    throw new Error('hopeless');
  }
}

describe('TasqueueEvents', () => {
  it('is an observable of what happens, and completes when the app closes', async () => {
    const app = await runningApp({ providers: [Flaky] });
    const names: string[] = [];
    const complete = vi.fn<() => void>();
    app.get(TasqueueEvents).subscribe({ next: ({ name }) => void names.push(name), complete });
    await resultOf(app, 'flaky');
    await eventually(() => expect(names).toContain('successful'));
    expect(names).toEqual(expect.arrayContaining(['enqueued', 'processing', 'retrying']));
    expect(complete).not.toHaveBeenCalled();
    await app.close();
    expect(complete).toHaveBeenCalledOnce();
    const late = vi.fn<() => void>();
    app.get(TasqueueEvents).subscribe({ complete: late });
    expect(late).toHaveBeenCalledOnce();
  });

  it('listens only while somebody does', () => {
    const bus = new EventBus({ host: 'here', pid: 1 }, () => {});
    const seen: string[] = [];
    const subscription = new TasqueueEvents(bus).subscribe(({ name }) => void seen.push(name));
    expect(bus.heard).toBe(true);
    bus.emit(event('enqueued'));
    subscription.unsubscribe();
    bus.emit(event('failed'));
    expect(seen).toEqual(['enqueued']);
    expect(bus.heard).toBe(false);
  });
});

describe('@OnTasqueueEvent', () => {
  it('hears events by name, or all of them, until the app closes', async () => {
    const heard: string[] = [];
    class Ears {
      @OnTasqueueEvent('failed') failed({ name, error }: TasqueueEvent) {
        heard.push(`${name}: ${error}`);
      }
      @OnTasqueueEvent('*') all({ name, task }: TasqueueEvent) {
        if (name === 'enqueued') heard.push(`${name} ${task}`);
      }
    }
    const app = await runningApp({ providers: [Flaky, Ears] });
    await expect(resultOf(app, 'hopeless')).rejects.toThrow('hopeless');
    await eventually(() => expect(heard).toEqual(['enqueued hopeless', 'failed: hopeless']));
    const { events } = app.get<Tasqueue>(getTasqueueInstanceToken());
    expect(events.heard).toBe(true);
    await app.close();
    expect(events.heard).toBe(false);
  });

  it('harms nobody by throwing, and is logged', async () => {
    const error = vi.fn<(message: string, fields?: object) => void>();
    class Clumsy {
      @OnTasqueueEvent('processing') throws() {
        throw new Error('at once');
      }
      @OnTasqueueEvent('processing') async rejects() {
        throw new Error('later');
      }
    }
    const log = { info: vi.fn<() => void>(), warn: vi.fn<() => void>(), error };
    const app = await started(
      { imports: [TasqueueModule.forRoot()], providers: [Flaky, Clumsy] },
      (builder) =>
        builder.overrideProvider(TASQUEUE_ENVIRONMENT).useValue({ ...systemEnvironment(), log }),
    );
    await expect(resultOf(app, 'flaky')).resolves.toBe('second');
    await eventually(() => expect(error.mock.calls.length).toBeGreaterThanOrEqual(4));
    expect(error).toHaveBeenCalledWith('Clumsy.throws failed to hear an event', {
      event: 'processing',
      jobId: expect.any(String),
      error: new Error('at once'),
    });
  });

  it('works on request-scoped providers, where REQUEST is the event', async () => {
    const heard: string[] = [];
    @Injectable({ scope: Scope.REQUEST })
    class PerEvent {
      constructor(@Inject(REQUEST) private readonly request: TasqueueEvent) {}
      @OnTasqueueEvent('successful') hear({ jobId }: TasqueueEvent) {
        heard.push(`${this.request.jobId === jobId}`);
      }
    }
    const app = await runningApp({ providers: [Flaky, PerEvent] });
    await resultOf(app, 'flaky');
    await eventually(() => expect(heard).toEqual(['true']));
  });

  it('hears the instance that it names', async () => {
    const heard: string[] = [];
    class Ears {
      @OnTasqueueEvent('enqueued', { instance: 'reports' }) hear({ task }: TasqueueEvent) {
        heard.push(task);
      }
    }
    const app = await started({
      imports: [TasqueueModule.forRoot(), TasqueueModule.forRoot({ name: 'reports' })],
      providers: [Flaky, Ears],
    });
    await resultOf(app, 'flaky');
    expect(heard).toEqual([]);
  });
});

describe('events of all processes', () => {
  it('come by TasqueueEvents.all and by @OnTasqueueEvent with { of }, once each', async () => {
    const heard: string[] = [];
    class Ears {
      @OnTasqueueEvent('successful', { of: 'all' }) all({ name, remote }: TasqueueEvent) {
        heard.push(`all ${name} ${remote}`);
      }
      @OnTasqueueEvent('*') own({ name }: TasqueueEvent) {
        heard.push(`own ${name}`);
      }
    }
    const stores = { broker: new MemoryBroker(), results: new MemoryResults() };
    const shared = { ...stores, events: 'all' } as const;
    await runningApp({ providers: [Flaky] }, { ...shared, role: 'worker' });
    const shop = await runningApp({ providers: [Ears] }, { ...shared, role: 'producer' });
    const names: string[] = [];
    const complete = vi.fn<() => void>();
    shop.get(TasqueueEvents).all.subscribe({ next: ({ name }) => void names.push(name), complete });
    await resultOf(shop, 'flaky');
    await eventually(() => expect(heard).toContain('all successful true'));
    expect(heard).toEqual(['own enqueued', 'all successful true']);
    expect(names).toEqual(['enqueued', 'processing', 'retrying', 'processing', 'successful']);
    await shop.close();
    expect(complete).toHaveBeenCalledOnce();
  });

  it('are refused where this process hears its own alone, and it is said how to change that', async () => {
    class Ears {
      @OnTasqueueEvent('failed', { of: 'all' }) hear() {}
    }
    await expect(runningApp({ providers: [Ears] })).rejects.toThrow(
      "Ears.hear: { of: 'all' } needs events: 'all'",
    );
    const app = await runningApp({ providers: [Flaky] });
    expect(() => app.get(TasqueueEvents).all).toThrow(InvalidStateError);
  });
});

it('calls the callbacks of each transition with the context and the error', async () => {
  const calls: unknown[] = [];
  class Told {
    @OnProcessing('flaky') start(ctx: JobContext) {
      calls.push(['processing', ctx.attempt]);
    }
    @OnRetrying('flaky') again(ctx: JobContext, error: Error) {
      calls.push(['retrying', ctx.attempt, error.message]);
    }
    @OnSuccess('flaky') done(ctx: JobContext) {
      calls.push(['success', ctx.attempt]);
      throw new Error('callbacks may fail');
    }
    @OnFailed('hopeless') failed(ctx: JobContext, error: Error) {
      calls.push(['failed', ctx.task, error.message]);
    }
  }
  const app = await runningApp({ providers: [Flaky, Told] });
  await expect(resultOf(app, 'flaky')).resolves.toBe('second');
  await expect(resultOf(app, 'hopeless')).rejects.toThrow('hopeless');
  await eventually(() => expect(calls).toHaveLength(5));
  expect(calls).toEqual([
    ['processing', 1],
    ['retrying', 1, 'first'],
    ['processing', 2],
    ['success', 2],
    ['failed', 'hopeless', 'hopeless'],
  ]);
});

it('lets a test put its own stores under every instance', async () => {
  const assemble = vi.fn<typeof assembleTasqueue>(assembleTasqueue);
  await started(
    { imports: [TasqueueModule.forRoot(), TasqueueModule.forRoot({ name: 'reports' })] },
    (builder) => builder.overrideProvider(TASQUEUE_ASSEMBLY).useValue(assemble),
  );
  expect(assemble.mock.calls.map(([{ name }]) => name)).toEqual([undefined, 'reports']);
});
