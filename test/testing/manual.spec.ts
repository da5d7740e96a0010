import { once } from 'node:events';
import { Injectable } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import {
  chain,
  defineTask,
  group,
  job,
  type JobContext,
  type PayloadOf,
  Task,
  TasqueueClient,
  TasqueueRunner,
  TimeoutError,
} from '../../lib/index.js';
import { Latch } from '../nest/support/latch.js';
import { testedApp } from './support/tested-app.js';

const Add = defineTask<{ a: number; b: number }, number>('add');
const Sum = defineTask('sum').returns<number>();
const Fail = defineTask('fail');
const Tree = defineTask<number>('tree', { concurrency: 1, queue: 'tree' });

@Injectable()
class Tasks {
  constructor(private readonly client: TasqueueClient) {}

  @Task(Add) add({ a, b }: PayloadOf<typeof Add>) {
    return a + b;
  }

  @Task(Sum) sum(_: void, { prevJobResult }: JobContext<void, number[]>) {
    return prevJobResult.reduce((sum, part) => sum + part, 0);
  }

  @Task(Fail) fail() {
    throw new Error('no');
  }

  @Task(Tree) async tree(depth: number) {
    if (depth > 0) await this.client.enqueue(Tree, depth - 1);
  }
}

describe('manual mode', () => {
  it('runs nothing before it is told to', async () => {
    const { client } = await testedApp({ mode: 'manual' }, [Tasks]);
    const handle = await client.enqueue(Add, { a: 1, b: 2 });
    for (let turn = 0; turn < 10; turn++)
      await new Promise((resolve) => void setImmediate(resolve));

    await expect(handle.get()).resolves.toMatchObject({ status: 'queued', attempt: 0 });
  });

  it('runs what is due on drain, and tells which jobs ran and how they stand', async () => {
    const { client, tester } = await testedApp({ mode: 'manual' }, [Tasks]);
    await client.enqueue(Add, { a: 1, b: 2 }, { id: 'sum' });
    await client.enqueue(Fail, undefined, { id: 'failure' });
    await client.enqueue(Add, { a: 1, b: 2 }, { id: 'later', delay: 1 });
    const ran = await tester.drain();

    expect(ran.map(({ id, status }) => [id, status])).toEqual([
      ['sum', 'successful'],
      ['failure', 'failed'],
    ]);
    await expect(client.getResult('sum')).resolves.toBe(3);
  });

  it('runs nothing after a drain', async () => {
    const { client, tester } = await testedApp({ mode: 'manual' }, [Tasks]);
    await tester.drain();
    const handle = await client.enqueue(Add, { a: 1, b: 2 });
    for (let turn = 0; turn < 10; turn++)
      await new Promise((resolve) => void setImmediate(resolve));

    await expect(handle.get()).resolves.toMatchObject({ status: 'queued' });
    await expect(tester.drain()).resolves.toHaveLength(1);
    await expect(tester.drain()).resolves.toEqual([]);
  });

  it('drains groups and chains to their ends', async () => {
    const { client, tester } = await testedApp({ mode: 'manual' }, [Tasks]);
    const members = group([job(Add, { a: 1, b: 2 }), job(Add, { a: 3, b: 4 })]);
    const handle = await client.enqueueChain(chain([members, job(Sum)]));
    const ran = await tester.drain();

    expect(ran.map(({ task }) => task)).toEqual(['add', 'add', 'sum']);
    await expect(handle.result()).resolves.toBe(10);
  });

  it('drains what handlers enqueue', async () => {
    const { client, tester } = await testedApp({ mode: 'manual' }, [Tasks]);
    await client.enqueue(Tree, 3);

    await expect(tester.drain()).resolves.toHaveLength(4);
  });

  it('drains ten thousand jobs', async () => {
    const { client, tester } = await testedApp({ mode: 'manual' }, [Tasks]);
    await client.enqueueMany(Array.from({ length: 10_000 }, (_, a) => job(Add, { a, b: 1 })));

    await expect(tester.drain()).resolves.toHaveLength(10_000);
  });

  it('leaves what lies in a paused queue', async () => {
    const { app, admin, client, tester } = await testedApp({ mode: 'manual' }, [Tasks]);
    await client.enqueue(Tree, 0);
    await client.enqueue(Add, { a: 1, b: 1 });
    await admin.pause('tree');
    app.get(TasqueueRunner).pause('tasqueue:tasks');
    await expect(tester.drain()).resolves.toEqual([]);

    await admin.resume('tree');
    app.get(TasqueueRunner).resume('tasqueue:tasks');
    await expect(tester.drain()).resolves.toHaveLength(2);
  });

  it('drains in an app that starts no workers by itself', async () => {
    const { client, tester } = await testedApp({ mode: 'manual', autoStart: false }, [Tasks]);
    await client.enqueue(Add, { a: 1, b: 2 });

    await expect(tester.drain()).resolves.toHaveLength(1);
  });

  it('runs nothing of a producer', async () => {
    const { app, client, tester } = await testedApp({ mode: 'manual', role: 'producer' }, [Tasks]);
    await client.enqueue(Add, { a: 1, b: 2 });

    await expect(tester.drain()).resolves.toEqual([]);
    await expect(app.get(TasqueueRunner).start()).rejects.toThrow("role 'producer'");
  });

  it('leaves out jobs that are gone by the end of a drain', async () => {
    @Injectable()
    class Vanishing {
      constructor(private readonly client: TasqueueClient) {}

      @Task('vanish') async vanish(_: void, { id }: JobContext) {
        await this.client.deleteJob(id);
      }
    }
    const { client, tester } = await testedApp({ mode: 'manual' }, [Vanishing]);
    await client.enqueue('vanish');

    await expect(tester.drain()).resolves.toEqual([]);
  });

  it('names the handlers that do not end, and drains on once they have', async () => {
    const gate = new Latch();
    @Injectable()
    class Hanging {
      @Task('hang') hang() {
        return gate.opened;
      }
    }
    const { client, tester } = await testedApp({ mode: 'manual' }, [Hanging]);
    await client.enqueue('hang', undefined, { id: 'hanging' });
    const late = tester.drain({ timeout: 20 });

    await expect(late).rejects.toThrow(TimeoutError);
    await expect(late).rejects.toThrow("'hang' (job 'hanging')");
    gate.open();
    await tester.drain();
    await expect(client.getJob('hanging')).resolves.toMatchObject({ status: 'successful' });
  });

  it('stops although a handler hangs, and gives its job back', async () => {
    @Injectable()
    class Hanging {
      readonly started = new Latch();
      reason: unknown;

      @Task('hang') async hang(_: void, { signal }: JobContext) {
        this.started.open();
        await once(signal, 'abort');
        this.reason = signal.reason;
        signal.throwIfAborted();
      }
    }
    const { app, client, tester } = await testedApp({ mode: 'manual' }, [Hanging]);
    const { id } = await client.enqueue('hang');
    const draining = tester.drain();
    const hanging = app.get(Hanging);
    await hanging.started.opened;
    await app.get(TasqueueRunner).stop();

    expect(hanging.reason).toMatchObject({ code: 'TASQUEUE_SHUTDOWN' });
    await expect(draining).resolves.toMatchObject([{ id, status: 'queued', retried: 0 }]);
  });
});
