import { expect, it } from 'vitest';
import { Instance, memoryWorld } from '../../support/engine/instance.js';

it('keeps the latest ten errors, each of bounded size', async () => {
  let runs = 0;
  const instance = new Instance(memoryWorld()).task(
    'flaky',
    () => {
      throw new Error(`${++runs} ${'x'.repeat(100_000)}`);
    },
    { maxRetries: 14, backoff: 10 },
  );
  await instance.start();
  const { id } = await instance.client.enqueue('flaky');
  await instance.world.clock.advance(1_000);
  const { errors, attempt, prevError } = await instance.client.getJob(id);
  expect(attempt).toBe(15);
  expect(errors.map((error) => error.attempt)).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
  expect(errors.map(({ message }) => Number(message.split(' ')[0]))).toEqual(
    errors.map((e) => e.attempt),
  );
  for (const { message, stack } of errors) {
    expect(message.length).toBeLessThanOrEqual(4_096);
    expect(stack?.length).toBeLessThanOrEqual(8_192);
  }
  expect(prevError).toBe(errors.at(-1)?.message);
});

it('keeps the latest hundred log lines over all attempts, long ones cut', async () => {
  let runs = 0;
  const instance = new Instance(memoryWorld()).task(
    'talk',
    (_: never, ctx) => {
      runs += 1;
      for (let line = 0; line < 80; line += 1) ctx.log(`${runs}.${line} ${'x'.repeat(5_000)}`);
      if (runs === 1) throw new Error('again');
    },
    { maxRetries: 1, backoff: 10 },
  );
  await instance.start();
  const handle = await instance.client.enqueue('talk');
  await instance.world.clock.advance(1_000);
  const { logs } = await handle.get();
  expect(logs).toHaveLength(100);
  expect(logs[0]).toMatch(/^1\.60 /);
  expect(logs.at(-1)).toMatch(/^2\.79 /);
  expect(Math.max(...logs.map(({ length }) => length))).toBe(2_000);
});

it('shows log lines while the handler runs, in order', async () => {
  const instance = new Instance(memoryWorld()).task('talk', async (_: never, ctx) => {
    ctx.log('one');
    ctx.log('two');
    await new Promise(() => {});
  });
  await instance.start();
  const handle = await instance.client.enqueue('talk');
  await instance.world.clock.advance(0);
  expect(await handle.get()).toMatchObject({ status: 'processing', logs: ['one', 'two'] });
});
