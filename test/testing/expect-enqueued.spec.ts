import { AssertionError } from 'node:assert';
import { Injectable } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import {
  chain,
  defineTask,
  group,
  job,
  type PayloadOf,
  Task,
  TasqueueClient,
} from '../../lib/index.js';
import { type TestedApp, testedApp } from './support/tested-app.js';

interface Letter {
  to: string;
  subject?: string;
  at?: Date;
  lines?: { text: string; bold?: boolean }[];
  attached?: Uint8Array;
}

const Mail = defineTask<Letter>('mail', { queue: 'mail' });
const Add = defineTask<{ a: number; b: number }, number>('add');

@Injectable()
class Tasks {
  constructor(private readonly client: TasqueueClient) {}

  @Task(Mail) mail() {}

  @Task(Add) async add({ a, b }: PayloadOf<typeof Add>) {
    await this.client.enqueue(Mail, { to: 'accountant' });
    return a + b;
  }

  @Task('nightly', { schedule: '0 3 * * *' }) nightly() {}
}

const app = (): Promise<TestedApp> => testedApp({ mode: 'manual' }, [Tasks]);

/** What the expectation says against it. */
function complaint(expectation: () => unknown): string {
  try {
    expectation();
  } catch (error) {
    if (error instanceof AssertionError) return error.message;
    throw error;
  }
  throw new Error('the expectation was met');
}

describe('expectEnqueued()', () => {
  it('gives the first job that has what is expected', async () => {
    const { client, tester } = await app();
    await client.enqueue(Mail, { to: 'ada', subject: 'Hello' }, { id: 'one', priority: 7 });
    await client.enqueue(Mail, { to: 'ada', subject: 'Again' }, { id: 'two', delay: 1_000 });

    expect(tester.expectEnqueued(Mail)).toMatchObject({ id: 'one', queue: 'mail', priority: 7 });
    expect(tester.expectEnqueued(Mail, { to: 'ada' }).id).toBe('one');
    expect(tester.expectEnqueued(Mail, { subject: 'Again' })).toMatchObject({
      id: 'two',
      status: 'scheduled',
      eta: new Date(tester.clock.now() + 1_000),
    });
    expect(tester.expectEnqueued('mail', { subject: 'Again' }).id).toBe('two');
  });

  it('compares deeply, in part, and as values travel', async () => {
    const { client, tester } = await app();
    const lines = [{ text: 'a', bold: true }, { text: 'b' }];
    await client.enqueue(Mail, { to: 'ada', at: new Date(5), lines });
    await client.enqueue('mail', new Uint8Array([1, 2]));

    tester.expectEnqueued(Mail, { at: new Date(5) });
    tester.expectEnqueued(Mail, { lines: [{ text: 'a' }, { text: 'b', bold: undefined }] });
    tester.expectEnqueued(Mail, { to: expect.stringMatching(/^a/) });
    tester.expectEnqueued('mail', new Uint8Array([1, 2]));
    expect(() => tester.expectEnqueued(Mail, { at: new Date(6) })).toThrow(AssertionError);
    expect(() => tester.expectEnqueued(Mail, { lines: [{ text: 'a' }] })).toThrow(AssertionError);
    expect(() => tester.expectEnqueued(Mail, { to: expect.stringMatching(/^b/) })).toThrow(
      AssertionError,
    );
    expect(() => tester.expectEnqueued('mail', new Uint8Array([1, 3]))).toThrow(AssertionError);
  });

  it('shows how the jobs of the task differ, the nearest first', async () => {
    const { client, tester } = await app();
    await client.enqueue(Mail, { to: 'bob', lines: [{ text: 'x' }] }, { id: 'far' });
    await client.enqueue(
      Mail,
      { to: 'ada', subject: 'Bye', lines: [{ text: 'x' }] },
      { id: 'near' },
    );
    await client.enqueue(Add, { a: 1, b: 2 });

    expect(
      complaint(() =>
        tester.expectEnqueued(Mail, { to: 'ada', subject: 'Hello', lines: [{ text: 'x' }] }),
      ),
    ).toBe(
      `\
expected a job of task 'mail' to be enqueued, its payload having { to: 'ada', subject: 'Hello', lines: [ { text: 'x' } ] }

2 jobs of this task were enqueued:
  job 'near'
    subject: expected 'Hello', got 'Bye'
  job 'far'
    to: expected 'ada', got 'bob'
    subject: expected 'Hello', nothing is there

enqueued in all: 'mail' (2), 'add' (1)`,
    );
  });

  it('shows a few jobs of many, and differences of all kinds', async () => {
    const { client, tester } = await app();
    await client.enqueueMany([1, 2, 3, 4].map((a) => job(Add, { a, b: 0 }, { id: `add-${a}` })));
    await client.enqueue('mail', 'just text', { id: 'text' });
    await client.enqueue('mail', { lines: 'none' }, { id: 'no-lines' });
    await client.enqueue('mail', { lines: [1, 2] }, { id: 'numbers' });

    expect(complaint(() => tester.expectEnqueued(Add, { a: 9 }))).toContain(
      `\
  job 'add-3'
    a: expected 9, got 3
  and 1 more that differs as much or more
`,
    );
    const letter = { lines: [{ text: expect.any(String) }] };
    expect(complaint(() => tester.expectEnqueued(Mail, letter))).toContain(
      `\
  job 'text'
    expected { lines: [ { text: Any<String> } ] }, got 'just text'
  job 'no-lines'
    lines: expected [ { text: Any<String> } ], got 'none'
  job 'numbers'
    lines: expected 1 item, got 2
`,
    );
    expect(complaint(() => tester.expectEnqueued('mail', { lines: ['a', 2] }))).toContain(
      `lines[0]: expected 'a', got 1`,
    );
  });

  it('says what there is instead when no job of the task is', async () => {
    const { client, tester } = await app();
    expect(complaint(() => tester.expectEnqueued(Mail, { to: 'ada' }))).toBe(`\
expected a job of task 'mail' to be enqueued, its payload having { to: 'ada' }

no job of this task was enqueued

enqueued in all: nothing`);

    await client.enqueue(Add, { a: 1, b: 2 });
    expect(complaint(() => tester.expectEnqueued(Mail))).toBe(`\
expected a job of task 'mail' to be enqueued

no job of this task was enqueued

enqueued in all: 'add' (1)`);
  });

  it('is met by a payload that is not expected to be anything', async () => {
    const { client, tester } = await app();
    await client.enqueue('nightly');

    expect(tester.expectEnqueued('nightly', undefined).payload).toBeUndefined();
  });
});

describe('enqueued()', () => {
  it('lists jobs as they were enqueued, in order, also those that have run since', async () => {
    const { client, tester } = await app();
    await client.enqueue(Add, { a: 1, b: 2 });
    await tester.drain();
    await client.enqueue(Mail, { to: 'ada' });

    expect(tester.enqueued().map(({ task, status }) => [task, status])).toEqual([
      ['add', 'queued'],
      ['mail', 'queued'],
      ['mail', 'queued'],
    ]);
  });

  it('lists those that are meant', async () => {
    const { client, tester } = await app();
    const pair = group([job(Add, { a: 1, b: 2 }), job(Add, { a: 3, b: 4 })], { id: 'pair' });
    await client.enqueueGroup(pair);
    await client.enqueueChain(
      chain([job(Add, { a: 5, b: 6 }), job(Mail, { to: 'x' })], { id: 'c' }),
    );
    await client.enqueue('nightly', undefined, { id: 'every-day', schedule: '0 0 * * *' });
    await client.enqueue(Mail, { to: 'ada' });

    expect(tester.enqueued({ task: Mail }).map(({ payload }) => payload.to)).toEqual(['ada']);
    expect(tester.enqueued({ task: 'mail' })).toHaveLength(1);
    expect(tester.enqueued({ queue: 'mail' })).toHaveLength(1);
    expect(tester.enqueued({ groupId: 'pair' })).toMatchObject([
      { payload: { a: 1, b: 2 } },
      { payload: { a: 3, b: 4 } },
    ]);
    expect(tester.enqueued({ chainId: 'c', task: Add })).toHaveLength(1);
    await tester.advance(24 * 3_600_000);
    expect(tester.enqueued({ scheduleId: 'every-day' })).toHaveLength(1);
    expect(tester.enqueued({ chainId: 'c', task: Mail })).toHaveLength(1);
  });

  it('lists schedules that somebody enqueued, not those that @Task declares', async () => {
    const { client, tester } = await app();
    expect(tester.enqueued()).toEqual([]);
    await client.enqueue('nightly', undefined, { id: 'every-day', schedule: '0 0 * * *' });

    expect(tester.expectEnqueued('nightly')).toMatchObject({
      id: 'every-day',
      status: 'scheduled',
      schedule: '0 0 * * *',
    });
  });

  it('does not list what was known already', async () => {
    const { client, tester } = await app();
    await client.enqueue(Add, { a: 1, b: 2 }, { id: 'once' });
    await client.enqueue(Add, { a: 1, b: 2 }, { id: 'once' });

    expect(tester.enqueued()).toHaveLength(1);
  });
});

describe('clear()', () => {
  it('leaves nothing of earlier tests behind', async () => {
    const { client, tester } = await app();
    await client.enqueue(Add, { a: 1, b: 2 }, { id: 'ended' });
    await tester.drain();
    await client.enqueue(Add, { a: 1, b: 2 }, { id: 'waiting' });
    await client.enqueue(Add, { a: 1, b: 2 }, { id: 'delayed', delay: 1_000 });
    await tester.clear();

    expect(tester.enqueued()).toEqual([]);
    await expect(tester.advance(2_000)).resolves.toEqual([]);
    const again = await client.enqueue(Add, { a: 1, b: 2 }, { id: 'ended' });
    expect(again.duplicate).toBe(false);
  });
});
