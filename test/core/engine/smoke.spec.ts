import { expect, it } from 'vitest';
import { chain } from '../../../lib/core/spec/chain.js';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import { Instance, memoryWorld } from '../../support/engine/instance.js';

it('runs a job and tells its result', async () => {
  const instance = new Instance(memoryWorld()).task(
    'add',
    ({ a, b }: { a: number; b: number }) => a + b,
  );
  await instance.start();
  const handle = await instance.client.enqueue('add', { a: 5, b: 4 });
  expect(await handle.result()).toBe(9);
  const message = await handle.get();
  expect(message).toMatchObject({ status: 'successful', attempt: 1, payload: { a: 5, b: 4 } });
});

it('runs a group and its callback', async () => {
  const seen: unknown[] = [];
  const instance = new Instance(memoryWorld())
    .task('add', async ({ a, b }: { a: number; b: number }) => a + b)
    .task('sum', (_: never, ctx) => {
      seen.push(ctx.prevJobResult);
      return 1;
    });
  await instance.start();
  const handle = await instance.client.enqueueGroup(
    group([job('add', { a: 1, b: 2 }), job('add', { a: 3, b: 4 })], { onSuccess: [job('sum')] }),
  );
  expect(await handle.result()).toEqual([3, 7]);
  await instance.client.getJob(`${handle.id}:success:0`);
  await instance.world.clock.advance(1);
  expect(seen).toEqual([[3, 7]]);
});

it('runs a chain, a group among its steps', async () => {
  const instance = new Instance(memoryWorld())
    .task('one', () => 1)
    .task('plus', (_: never, ctx) => ctx.prevJobResult + 1)
    .task('sum', (_: never, ctx) => ctx.prevJobResult[0] + ctx.prevJobResult[1]);
  await instance.start();
  const handle = await instance.client.enqueueChain(
    chain([job('one'), group([job('plus'), job('plus')]), job('sum')]),
  );
  expect(await handle.result()).toBe(4);
  expect((await handle.get()).status).toBe('successful');
});

it('retries with backoff', async () => {
  let runs = 0;
  const instance = new Instance(memoryWorld()).task(
    'flaky',
    () => {
      if (++runs < 3) throw new Error(`no ${runs}`);
      return runs;
    },
    { maxRetries: 2, backoff: 1000 },
  );
  await instance.start();
  const handle = await instance.client.enqueue('flaky');
  const result = handle.result();
  await instance.world.clock.advance(5000);
  expect(await result).toBe(3);
  expect(await handle.get()).toMatchObject({ retried: 2, attempt: 3, status: 'successful' });
});
