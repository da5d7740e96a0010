import { once } from 'node:events';
import { Injectable } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import {
  chain,
  defineTask,
  group,
  job,
  JobContext,
  OnFailed,
  type PayloadOf,
  RetryLaterError,
  Task,
  TasqueueClient,
  TasqueueRunner,
} from '../../lib/index.js';
import { Latch } from '../nest/support/latch.js';
import { testedApp } from './support/tested-app.js';

const Add = defineTask<{ a: number; b: number }, number>('add');
const Sum = defineTask('sum').returns<number>();
/** Enqueues itself, one less, until it is 0, and waits for each. */
const Countdown = defineTask<number>('countdown', { concurrency: 1, queue: 'countdown' });
const Flaky = defineTask<{ failures: number }, string>('flaky', { maxRetries: 3, backoff: 1_000 });
const Note = defineTask<string>('note');

@Injectable()
class Tasks {
  readonly notes: string[] = [];
  #failures = 0;

  constructor(private readonly client: TasqueueClient) {}

  @Task(Add) async add({ a, b }: PayloadOf<typeof Add>) {
    await new Promise((resolve) => void setImmediate(resolve));
    return a + b;
  }

  @Task(Sum) sum(_: void, { prevJobResult }: JobContext<void, number[] | number>) {
    return [prevJobResult].flat().reduce((sum, part) => sum + part, 0);
  }

  @Task(Countdown) async countdown(from: number) {
    if (from > 0) await this.client.enqueue(Countdown, from - 1);
    this.notes.push(`counted ${from}`);
  }

  @Task(Flaky) flaky({ failures }: PayloadOf<typeof Flaky>) {
    this.#failures += 1;
    if (this.#failures <= failures) throw new Error(`failure ${this.#failures}`);
    return 'done';
  }

  @Task(Note) async note(text: string) {
    await new Promise((resolve) => void setImmediate(resolve));
    this.notes.push(text);
  }
}

const inlineApp = async () => {
  const tested = await testedApp({ mode: 'inline' }, [Tasks]);
  return { ...tested, tasks: tested.app.get(Tasks) };
};

describe('inline mode', () => {
  it('has run a job before enqueue resolves', async () => {
    const { client } = await inlineApp();
    const handle = await client.enqueue(Add, { a: 2, b: 3 });

    await expect(handle.get()).resolves.toMatchObject({ status: 'successful', attempt: 1 });
    await expect(handle.result()).resolves.toBe(5);
  });

  it('has run what follows from a job, and what follows from that', async () => {
    const { client, tasks } = await inlineApp();
    const last = job(Note, 'last');
    await client.enqueue(
      Add,
      { a: 2, b: 3 },
      { onSuccess: [job(Note, 'after success', { onSuccess: [last] })] },
    );
    await client.enqueue(Flaky, { failures: 9 }, { maxRetries: 0, onError: [job(Note, 'after')] });

    expect(tasks.notes).toEqual(['after success', 'last', 'after']);
  });

  it('has run the members of a group, and its callbacks', async () => {
    const { client, tasks } = await inlineApp();
    const handle = await client.enqueueGroup(
      group([job(Add, { a: 1, b: 2 }), job(Add, { a: 3, b: 4 })], {
        onSuccess: [job(Note, 'success')],
        onComplete: [job(Note, 'complete')],
      }),
    );

    await expect(handle.get()).resolves.toMatchObject({ status: 'successful' });
    await expect(handle.result()).resolves.toEqual([3, 7]);
    expect(tasks.notes.toSorted()).toEqual(['complete', 'success']);
  });

  it('has run all steps of a chain, a group among them', async () => {
    const { client } = await inlineApp();
    const members = group([job(Add, { a: 1, b: 2 }), job(Add, { a: 3, b: 4 })]);
    const handle = await client.enqueueChain(chain([members, job(Sum), job(Sum)]));

    await expect(handle.get()).resolves.toMatchObject({ status: 'successful' });
    await expect(handle.result()).resolves.toBe(10);
  });

  it('has run all of many jobs', async () => {
    const { client } = await inlineApp();
    const handles = await client.enqueueMany([job(Add, { a: 1, b: 2 }), job(Add, { a: 3, b: 4 })]);
    const [first, second] = await Promise.all(handles.map((handle) => handle.get()));

    expect([first?.status, second?.status]).toEqual(['successful', 'successful']);
  });

  it('runs what handlers enqueue and wait for, on the queue whose only slot they hold', async () => {
    const { client, tasks } = await inlineApp();
    await client.enqueue(Countdown, 5);

    expect(tasks.notes).toEqual([0, 1, 2, 3, 4, 5].map((count) => `counted ${count}`));
  });

  it('gives the slot back to the handler that lent it', async () => {
    const { app, client } = await inlineApp();
    await client.enqueue(Countdown, 5);

    expect(app.get(TasqueueRunner).status.slots['countdown']?.concurrency).toBe(1);
  });

  it('has run what a handler enqueued without waiting for it', async () => {
    @Injectable()
    class Careless {
      constructor(private readonly queue: TasqueueClient) {}

      @Task('careless') careless() {
        void this.queue.enqueue(Note, 'left behind');
      }
    }
    const { app, client } = await testedApp({ mode: 'inline' }, [Tasks, Careless]);
    await client.enqueue('careless');

    expect(app.get(Tasks).notes).toEqual(['left behind']);
  });

  it('lends the slots of running handlers only', async () => {
    @Injectable()
    class Loitering {
      busy = 0;
      mostBusy = 0;

      constructor(private readonly queue: TasqueueClient) {}

      @Task('loiter', { queue: 'one', concurrency: 1 }) loiter() {
        setImmediate(() => void this.queue.enqueue('dawdle'));
      }

      @Task('dawdle', { queue: 'one' }) async dawdle() {
        this.mostBusy = Math.max(this.mostBusy, ++this.busy);
        for (let turn = 0; turn < 20; turn++)
          await new Promise((resolve) => void setImmediate(resolve));
        this.busy--;
      }
    }
    const { app, client, tester } = await testedApp({ mode: 'inline' }, [Loitering]);
    await client.enqueue('loiter');
    await client.enqueueMany([job('dawdle'), job('dawdle'), job('dawdle')]);
    await tester.drain();

    expect(app.get(Loitering).mostBusy).toBe(1);
  });

  it('leaves a retry scheduled until time moves', async () => {
    const { client, tester } = await inlineApp();
    const handle = await client.enqueue(Flaky, { failures: 2 });

    await expect(handle.get()).resolves.toMatchObject({ status: 'retrying', attempt: 1 });
    await tester.advance(1_000);
    await expect(handle.get()).resolves.toMatchObject({ status: 'retrying', attempt: 2 });
    await tester.advance(1_000);
    await expect(handle.get()).resolves.toMatchObject({ status: 'successful', attempt: 3 });
  });

  it('leaves a delayed job scheduled until time moves', async () => {
    const { client, tester } = await inlineApp();
    const handle = await client.enqueue(Add, { a: 1, b: 1 }, { delay: 5_000 });

    await expect(handle.get()).resolves.toMatchObject({ status: 'scheduled' });
    await tester.advance(5_000);
    await expect(handle.result()).resolves.toBe(2);
  });

  it('has run a job again before retry resolves', async () => {
    const { client } = await inlineApp();
    const handle = await client.enqueue(Flaky, { failures: 1 }, { maxRetries: 0 });
    await expect(handle.get()).resolves.toMatchObject({ status: 'failed' });
    await client.retry(handle.id);

    await expect(handle.result()).resolves.toBe('done');
  });

  it('does not wait for a job that somebody else has enqueued', async () => {
    const { client, tasks } = await inlineApp();
    await client.enqueue(Note, 'once', { id: 'note-1' });
    const again = await client.enqueue(Note, 'twice', { id: 'note-1' });

    expect(again.duplicate).toBe(true);
    expect(tasks.notes).toEqual(['once']);
  });

  it('lets a handler enqueue its own job again, which is known', async () => {
    @Injectable()
    class Selfish {
      readonly duplicates: boolean[] = [];

      constructor(private readonly queue: TasqueueClient) {}

      @Task('selfish') async selfish(_: void, ctx: JobContext) {
        const { duplicate } = await this.queue.enqueue('selfish', undefined, { id: ctx.id });
        this.duplicates.push(duplicate);
      }
    }
    const { app, client } = await testedApp({ mode: 'inline' }, [Selfish]);
    await client.enqueue('selfish', undefined, { id: 'me' });

    expect(app.get(Selfish).duplicates).toEqual([true]);
  });

  it('waits for nobody else: a handler that hangs does not hold up other jobs', async () => {
    const gate = new Latch();
    @Injectable()
    class Hanging {
      @Task('hang') async hang() {
        await gate.opened;
      }
    }
    const { client } = await testedApp({ mode: 'inline' }, [Tasks, Hanging]);
    const hanging = client.enqueue('hang');
    const quick = await client.enqueue(Add, { a: 1, b: 1 });

    await expect(quick.result()).resolves.toBe(2);
    gate.open();
    await expect((await hanging).get()).resolves.toMatchObject({ status: 'successful' });
  });

  it('lets a handler time out when time moves', async () => {
    @Injectable()
    class Hanging {
      @Task('hang', { timeout: 500 }) async hang(_: void, { signal }: JobContext) {
        await once(signal, 'abort');
      }
    }
    const { client, tester } = await testedApp({ mode: 'inline' }, [Hanging]);
    const hanging = client.enqueue('hang');
    await tester.advance(500);

    await expect((await hanging).result()).rejects.toThrow('500 ms');
  });

  it('resolves when the workers are stopped and the job has gone back', async () => {
    const started = new Latch();
    @Injectable()
    class Hanging {
      @Task('hang') async hang(_: void, { signal }: JobContext) {
        started.open();
        await once(signal, 'abort');
        signal.throwIfAborted();
      }
    }
    const { app, client } = await testedApp({ mode: 'inline' }, [Hanging]);
    const hanging = client.enqueue('hang');
    await started.opened;
    await app.get(TasqueueRunner).stop();

    await expect((await hanging).get()).resolves.toMatchObject({ status: 'queued' });
  });

  it('resolves, and leaves the job waiting, where no worker is there for it', async () => {
    const { client } = await testedApp({ mode: 'inline', autoStart: false }, [Tasks]);
    const handle = await client.enqueue(Add, { a: 1, b: 1 });

    await expect(handle.get()).resolves.toMatchObject({ status: 'queued' });
  });

  it('resolves, and leaves the job waiting, on a queue that is paused', async () => {
    const { app, admin, client } = await testedApp({ mode: 'inline' }, [Tasks]);
    await admin.pause('countdown');
    const everywhere = await client.enqueue(Countdown, 0);
    await admin.resume('countdown');
    app.get(TasqueueRunner).pause('tasqueue:tasks');
    const here = await client.enqueue(Add, { a: 1, b: 1 });

    await expect(everywhere.get()).resolves.toMatchObject({ status: 'queued' });
    await expect(here.get()).resolves.toMatchObject({ status: 'queued' });
  });

  it('runs what callbacks enqueue by the next drain', async () => {
    @Injectable()
    class Mourning {
      constructor(private readonly queue: TasqueueClient) {}

      @Task('doomed') doomed() {
        throw new RetryLaterError(60_000);
      }

      @Task('lost') lost() {
        throw new Error('lost');
      }

      @OnFailed('lost') async mourn() {
        await this.queue.enqueue(Note, 'mourned');
      }
    }
    const { app, client, tester } = await testedApp({ mode: 'inline' }, [Tasks, Mourning]);
    await client.enqueue('lost');
    await tester.drain();

    expect(app.get(Tasks).notes).toEqual(['mourned']);
  });
});
