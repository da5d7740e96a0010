import { expect, it } from 'vitest';
import { scripted } from '../../support/engine/scripted.js';

it('a logger that throws changes nothing for the jobs', async () => {
  const instance = await scripted();
  // Every line from here on throws.
  Object.freeze(instance.lines);
  expect(() => instance.lines.push({ level: 'info', message: '', fields: {} })).toThrow(TypeError);
  const fails = await instance.client.enqueue('fail', 'no', { maxRetries: 1, backoff: 1_000 });
  await instance.clock.advance(2_000);
  expect(await fails.get()).toMatchObject({ status: 'failed', attempt: 2 });
  const next = await instance.client.enqueue('give', 'next');
  expect(await next.result()).toBe('next');
  await instance.quiet();
  const { queued, processing } = await instance.admin.stats('tasqueue:tasks');
  expect([queued, processing]).toEqual([0, 0]);
});
