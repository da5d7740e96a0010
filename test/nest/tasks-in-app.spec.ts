import { StandardSchemaValidationPipe } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  defineTask,
  type JobContext,
  MemoryBroker,
  MemoryResults,
  Payload,
  type PayloadOf,
  PayloadValidationError,
  Task,
  TasqueueClient,
  TasqueueRunner,
} from '../../lib/index.js';
import { Latch } from './support/latch.js';
import { eventually, resultOf, runningApp } from './support/running-app.js';

const stores = () => ({ broker: new MemoryBroker(), results: new MemoryResults() });

describe('a schema of a definition', () => {
  const Mail = defineTask('mail', {
    payload: z.object({ to: z.email(), copies: z.coerce.number().default(1) }),
    result: z.object({ sent: z.number().int() }),
    maxRetries: 3,
    backoff: 0,
  });

  class MailTasks {
    readonly handled: PayloadOf<typeof Mail>[] = [];

    @Task(Mail)
    mail(payload: PayloadOf<typeof Mail>) {
      this.handled.push(payload);
      return { sent: payload.copies };
    }
  }

  it('is checked when a job is enqueued, and what it makes of the payload reaches the handler', async () => {
    const app = await runningApp({ providers: [MailTasks] });
    const client = app.get(TasqueueClient);
    await expect(client.enqueue(Mail, { to: 'nobody' })).rejects.toThrow(PayloadValidationError);

    const handle = await client.enqueue(Mail, { to: 'ada@example.com' });
    expect(await handle.result({ timeout: 5_000 })).toEqual({ sent: 1 });
    expect(app.get(MailTasks).handled).toEqual([{ to: 'ada@example.com', copies: 1 }]);
    // Stored is what came in: transforms run once.
    expect(await handle.get()).toMatchObject({ payload: { to: 'ada@example.com' } });
  });

  it.each([
    ['a payload', { to: 'nobody' }, 'to: Invalid email address'],
    ['a result', { to: 'ada@example.com', copies: 1.5 }, 'sent: Invalid input'],
  ])(
    'is checked in the worker: %s that is wrong fails without retry',
    async (_, payload, reason) => {
      const shared = stores();
      const producer = await runningApp({}, { ...shared, role: 'producer' });
      await runningApp({ providers: [MailTasks] }, { ...shared, role: 'worker' });
      // Elsewhere, by name: nobody there knows the schema.
      const handle = await producer.get(TasqueueClient).enqueue('mail', payload);

      await expect(handle.result({ timeout: 5_000 })).rejects.toThrow(reason);
      expect(await handle.get()).toMatchObject({ status: 'failed', attempt: 1, retried: 0 });
    },
  );
});

it('a schema of a parameter is checked by StandardSchemaValidationPipe, as in a controller', async () => {
  const lines = z.array(z.object({ sku: z.string(), quantity: z.coerce.number().positive() }));
  class Orders {
    @Task('count')
    count(
      @Payload('lines', { schema: lines, pipes: [StandardSchemaValidationPipe] })
      counted: z.infer<typeof lines>,
      @Payload({ schema: z.object({ id: z.string() }), pipes: [StandardSchemaValidationPipe] })
      { id }: { id: string },
    ) {
      return [id, counted.reduce((sum, { quantity }) => sum + quantity, 0)];
    }
  }
  const app = await runningApp({ providers: [Orders] });
  const payload = { id: 'o-1', lines: [{ sku: 'mug', quantity: '2' }] };
  expect(await resultOf(app, 'count', payload)).toEqual(['o-1', 2]);

  const wrong = { id: 'o-2', lines: [{ sku: 'mug', quantity: 0 }] };
  await expect(resultOf(app, 'count', wrong)).rejects.toThrow('0.quantity: Too small');
});

it('an old name of a renamed task leads its jobs to the new handler', async () => {
  const shared = stores();
  const before = await runningApp({}, { ...shared, role: 'producer' });
  const handle = await before.get(TasqueueClient).enqueue('sendMail', 'ada');
  class Renamed {
    @Task('mail.send', { aliases: ['sendMail'] }) send(to: string, { task }: JobContext) {
      return [to, task];
    }
  }
  const after = await runningApp({ providers: [Renamed] }, shared);

  expect(await handle.result({ timeout: 5_000 })).toEqual(['ada', 'sendMail']);
  // Code that has not been deployed anew yet may go on to use it.
  expect(await resultOf(after, 'sendMail', 'bob')).toEqual(['bob', 'sendMail']);
});

describe('TasqueueRunner at run time', () => {
  class Slow {
    readonly latch = new Latch();
    active = 0;

    @Task('slow', { queue: 'slow', concurrency: 1 })
    async slow() {
      this.active += 1;
      await this.latch.opened;
    }
  }

  it('gives a queue more slots', async () => {
    const app = await runningApp({ providers: [Slow] });
    const slow = app.get(Slow);
    const client = app.get(TasqueueClient);
    const handles = await Promise.all([1, 2, 3].map(() => client.enqueue('slow')));
    await eventually(() => expect(slow.active).toBe(1));
    app.get(TasqueueRunner).setConcurrency('slow', 3);
    await eventually(() => expect(slow.active).toBe(3));
    slow.latch.open();
    await Promise.all(handles.map((handle) => handle.result({ timeout: 5_000 })));
  });

  it('pauses and resumes a queue in this process', async () => {
    const shared = stores();
    const app = await runningApp({ providers: [Slow] }, shared);
    const runner = app.get(TasqueueRunner);
    app.get(Slow).latch.open();
    runner.pause('slow');
    const handle = await app.get(TasqueueClient).enqueue('slow');
    const other = await runningApp({ providers: [Slow] }, shared);
    other.get(Slow).latch.open();
    await handle.result({ timeout: 5_000 });
    expect([app.get(Slow).active, other.get(Slow).active]).toEqual([0, 1]);

    await other.close();
    runner.resume('slow');
    await resultOf(app, 'slow');
    expect(app.get(Slow).active).toBe(1);
  });
});
