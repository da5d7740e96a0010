import { Injectable } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import {
  InvalidOptionsError,
  InvalidStateError,
  type JobContext,
  Task,
  TasqueueRunner,
} from '../../lib/index.js';
import { type TestedApp, testedApp } from './support/tested-app.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const startAt = new Date('2024-02-28T12:00:00.000Z');

@Injectable()
class Tasks {
  readonly ran: string[] = [];

  @Task('note') note(text: string) {
    this.ran.push(text);
  }

  @Task('flaky', { maxRetries: 5, backoff: { type: 'exponential', delay: 1_000, jitter: 0 } })
  flaky(succeedsAt: number, { attempt }: JobContext) {
    if (attempt < succeedsAt) throw new Error(`attempt ${attempt}`);
    return attempt;
  }

  @Task('nightly', { schedule: '0 3 * * *' }) nightly(_: void, { id }: JobContext) {
    this.ran.push(id);
  }
}

describe.each(['manual', 'inline'] as const)('time in %s mode', (mode) => {
  const app = (): Promise<TestedApp> => testedApp({ mode, startAt }, [Tasks]);
  const ranIn = (tested: TestedApp): string[] => tested.app.get(Tasks).ran;

  it('starts where it is told to, and stands still', async () => {
    const { client, tester } = await app();
    const handle = await client.enqueue('note', 'now');

    expect(new Date(tester.clock.now())).toEqual(startAt);
    await expect(handle.get()).resolves.toMatchObject({ enqueuedAt: startAt });
  });

  it('runs delayed jobs in the order of their time, and only those that are due', async () => {
    const tested = await app();
    for (const delay of [3_000, 1_000, 2_000, 4_000])
      await tested.client.enqueue('note', `${delay}`, { delay });
    const ran = await tested.tester.advance(3_000);

    expect(ran).toHaveLength(3);
    expect(ranIn(tested)).toEqual(['1000', '2000', '3000']);
    expect(tested.tester.clock.now()).toBe(startAt.getTime() + 3_000);
  });

  it('runs jobs with an eta', async () => {
    const tested = await app();
    await tested.client.enqueue('note', 'leap day', { eta: new Date('2024-02-29T00:00:00Z') });
    await tested.tester.advance(DAY_MS / 2 - 1);
    expect(ranIn(tested).filter((text) => text === 'leap day')).toEqual([]);
    await tested.tester.advance(1);

    expect(ranIn(tested)).toContain('leap day');
  });

  it('sees a job through all its retries, each at its time', async () => {
    const { client, tester } = await app();
    const handle = await client.enqueue('flaky', 4);
    const [ran] = await tester.advance(7_000);

    expect(ran).toMatchObject({ id: handle.id, status: 'successful', attempt: 4, retried: 3 });
    const { errors, finishedAt } = await handle.get();
    expect(errors.map(({ at }) => at.getTime() - startAt.getTime())).toEqual([0, 1_000, 3_000]);
    expect(finishedAt).toEqual(new Date(startAt.getTime() + 7_000));
  });

  it('runs each slot of a schedule on the way', async () => {
    const tested = await app();
    await tested.tester.advance(3 * DAY_MS);

    expect(ranIn(tested)).toEqual([
      'nightly:2024-02-29T03:00:00.000Z',
      'nightly:2024-03-01T03:00:00.000Z',
      'nightly:2024-03-02T03:00:00.000Z',
    ]);
  });

  it('passes a month in no time', async () => {
    const tested = await app();
    await tested.tester.advance(31 * DAY_MS);

    expect(ranIn(tested)).toHaveLength(31);
  });

  it('leaves a schedule that was removed alone', async () => {
    const tested = await app();
    await tested.tester.advance(DAY_MS);
    await tested.admin.removeSchedule('nightly');
    await tested.tester.advance(DAY_MS);

    expect(ranIn(tested)).toHaveLength(1);
  });

  it('first runs what is due already', async () => {
    const tested = await app();
    const enqueued = tested.client.enqueue('note', 'now');
    await tested.tester.advance(0);
    await enqueued;

    expect(ranIn(tested)).toEqual(['now']);
  });

  it('goes forward only', async () => {
    const { tester } = await app();

    await expect(tester.advance(-1)).rejects.toThrow(InvalidOptionsError);
    await expect(tester.advance(Number.NaN)).rejects.toThrow(InvalidOptionsError);
  });

  it('keeps workers as they were', async () => {
    const tested = await app();
    await tested.tester.advance(DAY_MS);

    expect(tested.app.get(TasqueueRunner).status.running).toBe(mode === 'inline');
  });
});

describe('time in live mode', () => {
  it('is the system’s', async () => {
    const { client, tester } = await testedApp({ mode: 'live' }, [Tasks]);
    const before = Date.now();
    const handle = await client.enqueue('note', 'now');
    const { enqueuedAt } = await handle.get();

    expect(enqueuedAt.getTime()).toBeGreaterThanOrEqual(before);
    expect(() => tester.clock).toThrow(InvalidStateError);
    await expect(tester.advance(1)).rejects.toThrow("use mode 'inline' or 'manual'");
  });

  it('lets real workers run jobs, and drain wait for them', async () => {
    const { app, client, tester } = await testedApp({ mode: 'live' }, [Tasks]);
    const handle = await client.enqueue('flaky', 1);
    await expect(handle.result({ timeout: 5_000 })).resolves.toBe(1);
    await client.enqueue('note', 'a');
    await client.enqueue('note', 'b');
    await tester.drain();

    expect(app.get(Tasks).ran).toEqual(['a', 'b']);
    expect(app.get(TasqueueRunner).status.running).toBe(true);
  });
});

it('starts at the present unless told otherwise', async () => {
  const before = Date.now();
  const { tester } = await testedApp({ mode: 'manual' }, [Tasks]);

  expect(tester.clock.now()).toBeGreaterThanOrEqual(before);
  expect(tester.clock.now()).toBeLessThanOrEqual(Date.now());
});
