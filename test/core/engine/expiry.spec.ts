import { expect, it } from 'vitest';
import { HeldHandler } from '../../support/engine/held-handler.js';
import { Instance, memoryWorld } from '../../support/engine/instance.js';

async function setUp() {
  const world = memoryWorld();
  const held = new HeldHandler();
  const instance = new Instance(world).task('work', held.handle, { maxRetries: 3, backoff: 1_000 });
  await instance.connect();
  const inMs = (ms: number) => new Date(world.clock.now() + ms);
  return { instance, held, clock: world.clock, inMs };
}

it('fails a job that is claimed after it expired, without running it', async () => {
  const { instance, held, clock, inMs } = await setUp();
  const handle = await instance.client.enqueue('work', null, { expiresAt: inMs(1_000) });
  await clock.advance(1_001);
  await instance.runner.start();
  await expect(handle.result()).rejects.toThrow(/expired/);
  expect(held.runs).toHaveLength(0);
  expect(await handle.get()).toMatchObject({
    status: 'failed',
    attempt: 0,
    retried: 0,
    processedAt: undefined,
    finishedAt: inMs(0),
    prevError: expect.stringContaining('expired'),
    errors: [expect.anything()],
  });
});

it('runs a job at the very instant of its expiry', async () => {
  const { instance, held, clock, inMs } = await setUp();
  await instance.client.enqueue('work', null, { expiresAt: inMs(1_000) });
  await clock.advance(1_000);
  await instance.runner.start();
  await held.run(1);
  expect(held.active).toBe(1);
});

it('leaves a job alone that is running when it expires, but not its retry', async () => {
  const { instance, held, clock, inMs } = await setUp();
  await instance.runner.start();
  const startedAt = inMs(0);
  const handle = await instance.client.enqueue('work', null, { expiresAt: inMs(1_000) });
  const run = await held.run(1);
  await clock.advance(2_000);
  expect((await handle.get()).status).toBe('processing');
  run.fail(new Error('no'));
  await clock.advance(1_500);
  expect(held.runs).toHaveLength(1);
  expect(await handle.get()).toMatchObject({
    status: 'failed',
    attempt: 1,
    retried: 1,
    processedAt: startedAt,
    errors: [{ message: 'no' }, { message: expect.stringContaining('expired') }],
  });
});
