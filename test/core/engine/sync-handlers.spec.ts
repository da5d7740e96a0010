import { expect, it } from 'vitest';
import { job } from '../../../lib/core/spec/job.js';
import { scripted } from '../../support/engine/scripted.js';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

it('runs any number of jobs whose handlers answer at once, none within another', async () => {
  const instance = await scripted({ readAhead: 20_000 });
  await instance.client.enqueueMany(numbers(20_000).map((n) => job('give', n)));
  await instance.quiet();
  expect(instance.starts).toHaveLength(20_000);
  expect((await instance.admin.stats('tasqueue:tasks')).successful).toBe(20_000);
});

it('records outcomes in the order in which handlers ended', async () => {
  const instance = await scripted({ readAhead: 100 });
  await instance.client.enqueueMany(numbers(100).map((n) => job('give', n)));
  await instance.quiet();
  const { items } = await instance.admin.successful({ limit: 100 });
  expect(items.map(({ payload }) => payload)).toEqual(numbers(100).toReversed());
});
