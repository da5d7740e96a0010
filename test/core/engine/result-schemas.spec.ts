import { expect, it } from 'vitest';
import { z } from 'zod';
import { PayloadValidationError } from '../../../lib/core/errors.js';
import { Instance, memoryWorld, type Handler } from '../../support/engine/instance.js';

async function checked(handler: Handler) {
  const instance = new Instance(memoryWorld()).task('price', handler, {
    result: z.number().positive().transform(String),
    maxRetries: 3,
  });
  await instance.start();
  return instance.client.enqueue('price');
}

it('saves what the result schema makes of the returned value', async () => {
  expect(await (await checked(() => 5)).result()).toBe('5');
});

it('saves what the result schema makes of a value saved early', async () => {
  const handle = await checked(async (_: never, ctx) => ctx.save(5));
  expect(await handle.result()).toBe('5');
});

it('fails the job, unretried, when the returned value does not fit', async () => {
  const handle = await checked(() => -5);
  await expect(handle.result()).rejects.toThrow(/result/);
  expect(await handle.get()).toMatchObject({ status: 'failed', attempt: 1 });
});

it('refuses to save a value that does not fit, and leaves it to the handler to go on', async () => {
  const refused: unknown[] = [];
  const handle = await checked(async (_: never, ctx) => {
    await ctx.save(-5).catch((error: unknown) => void refused.push(error));
    return 7;
  });
  expect(await handle.result()).toBe('7');
  expect(refused).toEqual([expect.any(PayloadValidationError)]);
});
