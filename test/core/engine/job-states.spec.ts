import { describe, expect, it } from 'vitest';
import { HeldHandler } from '../../support/engine/held-handler.js';
import { Instance, memoryWorld } from '../../support/engine/instance.js';

const START = new Date('2024-07-01T12:00:00.000Z');
const at = (ms: number) => new Date(START.getTime() + ms);

/** What a job of task 'work' shows before anything has happened to it. */
const UNTOUCHED = {
  id: 'w',
  task: 'work',
  payload: { n: 1 },
  queue: 'q',
  status: 'queued',
  maxRetries: 1,
  retried: 0,
  attempt: 0,
  crashes: 0,
  prevError: undefined,
  priority: 0,
  headers: {},
  enqueuedAt: START,
  eta: undefined,
  processedAt: undefined,
  finishedAt: undefined,
  expiresAt: undefined,
  timeout: undefined,
  schedule: undefined,
  scheduleId: undefined,
  prevJobResult: undefined,
  onSuccessIds: [],
  onErrorIds: [],
  groupId: undefined,
  chainId: undefined,
  lastProgress: undefined,
  logs: [],
  errors: [],
};

function setUp() {
  const held = new HeldHandler();
  const world = memoryWorld();
  const instance = new Instance(world).task('work', held.handle, {
    queue: 'q',
    maxRetries: 1,
    backoff: 60_000,
  });
  const work = async (options = {}) =>
    instance.client.enqueue('work', { n: 1 }, { id: 'w', ...options });
  return { instance, held, clock: world.clock, work };
}

describe('what getJob shows of a job', () => {
  it('that waits', async () => {
    const { instance, work } = setUp();
    await instance.connect();
    await work();
    expect(await instance.client.getJob('w')).toEqual(UNTOUCHED);
  });

  it('that waits, with all that was asked of it', async () => {
    const { instance, work } = setUp();
    await instance.connect();
    const [eta, expiresAt] = [at(60_000), at(120_000)];
    await work({
      queue: 'other',
      maxRetries: 7,
      timeout: 500,
      priority: -3,
      headers: { trace: '1' },
      eta,
      expiresAt,
    });
    expect(await instance.client.getJob('w')).toEqual({
      ...UNTOUCHED,
      status: 'scheduled',
      queue: 'other',
      maxRetries: 7,
      timeout: 500,
      priority: -3,
      headers: { trace: '1' },
      eta,
      expiresAt,
    });
  });

  it('that is delayed: scheduled until it is due, then queued', async () => {
    const { instance, work, clock } = setUp();
    await instance.connect();
    await clock.advance(10);
    await work({ delay: 5_000 });
    const scheduled = { ...UNTOUCHED, status: 'scheduled', enqueuedAt: at(10), eta: at(5_010) };
    expect(await instance.client.getJob('w')).toEqual(scheduled);
    await clock.advance(4_999);
    expect(await instance.client.getJob('w')).toEqual(scheduled);
    await clock.advance(1);
    expect(await instance.client.getJob('w')).toEqual({ ...scheduled, status: 'queued' });
  });

  it('that has only just started: its start counts, whatever its status still says', async () => {
    const { instance, held, work, clock } = setUp();
    await instance.start();
    await work();
    await held.run(1);
    for (let passedMs = 0; passedMs <= 300; passedMs += 25) {
      const shown = await instance.client.getJob('w');
      expect(shown).toMatchObject({ attempt: 1, retried: 0, errors: [] });
      expect(['queued', 'processing']).toContain(shown.status);
      await clock.advance(25);
    }
  });

  it('that runs: processing within 250 ms', async () => {
    const { instance, held, work, clock } = setUp();
    await instance.start();
    await clock.advance(1_000);
    await work();
    await held.run(1);
    await clock.advance(250);
    expect(await instance.client.getJob('w')).toEqual({
      ...UNTOUCHED,
      status: 'processing',
      attempt: 1,
      enqueuedAt: at(1_000),
      processedAt: at(1_000),
    });
  });

  it('that waits for its retry, and what its next attempt makes of that', async () => {
    const { instance, held, work, clock } = setUp();
    await instance.start();
    await work();
    await clock.advance(40);
    (await held.run(1)).fail(new Error('no luck'));
    await clock.advance(10);
    const retrying = await instance.client.getJob('w');
    expect(retrying).toEqual({
      ...UNTOUCHED,
      status: 'retrying',
      retried: 1,
      attempt: 1,
      prevError: 'no luck',
      processedAt: START,
      eta: at(60_040),
      errors: [
        { attempt: 1, at: at(40), message: 'no luck', stack: expect.stringContaining('no luck') },
      ],
    });

    await clock.advanceTo(at(60_040));
    await held.run(2);
    await clock.advance(250);
    expect(await instance.client.getJob('w')).toEqual({
      ...retrying,
      status: 'processing',
      attempt: 2,
      processedAt: at(60_040),
      eta: undefined,
    });
  });

  it('that succeeded', async () => {
    const { instance, held, work, clock } = setUp();
    await instance.start();
    await work();
    await clock.advance(30);
    (await held.run(1)).finish('done');
    await clock.advance(0);
    expect(await instance.client.getJob('w')).toEqual({
      ...UNTOUCHED,
      status: 'successful',
      attempt: 1,
      processedAt: START,
      finishedAt: at(30),
    });
  });

  it('that failed for good', async () => {
    const { instance, held, work, clock } = setUp();
    await instance.start();
    await work({ maxRetries: 0 });
    await clock.advance(30);
    (await held.run(1)).fail(new Error('broken'));
    await clock.advance(0);
    expect(await instance.client.getJob('w')).toEqual({
      ...UNTOUCHED,
      status: 'failed',
      maxRetries: 0,
      attempt: 1,
      prevError: 'broken',
      processedAt: START,
      finishedAt: at(30),
      errors: [
        { attempt: 1, at: at(30), message: 'broken', stack: expect.stringContaining('broken') },
      ],
    });
  });

  it('that was cancelled while it waited', async () => {
    const { instance, work, clock } = setUp();
    await instance.connect();
    await work();
    await clock.advance(20);
    await instance.client.cancel('w');
    expect(await instance.client.getJob('w')).toEqual({
      ...UNTOUCHED,
      status: 'cancelled',
      finishedAt: at(20),
    });
  });

  it('that was cancelled while it ran', async () => {
    const { instance, held, work, clock } = setUp();
    await instance.start();
    await work();
    await held.run(1);
    await clock.advance(400);
    await instance.client.cancel('w');
    expect(await instance.client.getJob('w')).toEqual({
      ...UNTOUCHED,
      status: 'cancelled',
      attempt: 1,
      processedAt: START,
      finishedAt: at(400),
    });
  });

  it('that was cancelled between two attempts', async () => {
    const { instance, held, work, clock } = setUp();
    await instance.start();
    await work();
    (await held.run(1)).fail(new Error('no luck'));
    await clock.advance(500);
    await instance.client.cancel('w');
    expect(await instance.client.getJob('w')).toMatchObject({
      status: 'cancelled',
      attempt: 1,
      retried: 1,
      prevError: 'no luck',
      eta: undefined,
      finishedAt: at(500),
    });
  });
});
