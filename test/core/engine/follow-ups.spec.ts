import { describe, expect, it } from 'vitest';
import { job } from '../../../lib/core/spec/job.js';
import { HeldHandler } from '../../support/engine/held-handler.js';
import { Instance, memoryWorld } from '../../support/engine/instance.js';

/** 'work' is held; 'note' notes what came before it. */
async function setUp(settings = {}) {
  const held = new HeldHandler();
  const notes: unknown[] = [];
  const world = memoryWorld();
  const instance = new Instance(world)
    .task('work', held.handle, settings)
    .task('note', (name: string, ctx) => void notes.push([name, ctx.prevJobResult]));
  await instance.start();
  return { instance, client: instance.client, held, notes, clock: world.clock };
}

const note = (name: string, options = {}) => job('note', name, options);

describe('jobs that follow', () => {
  it('a success get its result, and are named on the job', async () => {
    const { client, held, notes, clock } = await setUp();
    const handle = await client.enqueue('work', null, {
      onSuccess: [note('a'), note('b', { id: 'own' })],
      onError: [note('c')],
    });
    (await held.run(1)).finish({ sum: 3 });
    await handle.result();
    await clock.advance(0);
    expect(notes).toEqual([
      ['a', { sum: 3 }],
      ['b', { sum: 3 }],
    ]);
    const { onSuccessIds, onErrorIds } = await handle.get();
    expect(onSuccessIds).toEqual([`${handle.id}:success:0`, 'own']);
    expect(onErrorIds).toEqual([]);
    expect(await client.getJob('own')).toMatchObject({
      status: 'successful',
      prevJobResult: { sum: 3 },
    });
  });

  it('a failure come after the last retry, and get no result', async () => {
    const { client, held, notes, clock } = await setUp({ maxRetries: 1, backoff: 10 });
    const handle = await client.enqueue('work', null, {
      onSuccess: [note('a')],
      onError: [note('b')],
    });
    const first = await held.run(1);
    await first.ctx.save('of a failed attempt');
    first.fail(new Error('no'));
    await clock.advance(10);
    expect(notes).toEqual([]);
    (await held.run(2)).fail(new Error('no'));
    await clock.advance(0);
    expect(notes).toEqual([['b', undefined]]);
    expect(await handle.get()).toMatchObject({
      onSuccessIds: [],
      onErrorIds: [`${handle.id}:error:0`],
    });
  });

  it('a cancelled job are none', async () => {
    const { client, held, notes, clock } = await setUp();
    const handle = await client.enqueue('work', null, {
      onSuccess: [note('a')],
      onError: [note('b')],
    });
    await held.run(1);
    await client.cancel(handle.id);
    held.finishAll();
    await clock.advance(1_000);
    expect(notes).toEqual([]);
  });

  it.each([
    ['undefined where nothing was saved', undefined, undefined],
    ['null where it was null', null, null],
    ['bytes', Buffer.from([1]), Uint8Array.of(1)],
    ['a large value', 'x'.repeat(200_000), 'x'.repeat(200_000)],
  ])('get %s', async (_, result, given) => {
    const { client, held, notes, clock } = await setUp();
    const { id } = await client.enqueue('work', null, { onSuccess: [note('a')] });
    (await held.run(1)).finish(result);
    await clock.advance(0);
    expect(notes).toEqual([['a', given]]);
    expect((await client.getJob(`${id}:success:0`)).prevJobResult).toEqual(given);
  });

  it('follow in turn, each with options of its own', async () => {
    const { client, held, notes, clock } = await setUp();
    const last = note('last');
    const second = job('work', 2, { onSuccess: [last], delay: 5_000, priority: 3 });
    const { id } = await client.enqueue('work', 1, { onSuccess: [second] });
    (await held.run(1)).finish('first');
    await clock.advance(300);
    expect(await client.getJob(`${id}:success:0`)).toMatchObject({
      status: 'scheduled',
      priority: 3,
      enqueuedAt: new Date(clock.now() - 300),
      eta: new Date(clock.now() + 4_700),
    });
    await clock.advance(4_700);
    (await held.run(2)).finish('second');
    await clock.advance(0);
    expect(notes).toEqual([['last', 'second']]);
  });

  it('are dispatched at most once ever, whatever is retried by hand', async () => {
    const { client, held, notes, clock } = await setUp();
    const handle = await client.enqueue('work', null, {
      onSuccess: [note('success')],
      onError: [note('error')],
    });
    for (const [count, end] of ['fail', 'fail', 'finish'].entries()) {
      const run = await held.run(count + 1);
      if (end === 'fail') run.fail(new Error('no'));
      else run.finish('yes');
      await clock.advance(0);
      if (end === 'fail') await client.retry(handle.id);
    }
    await clock.advance(1_000);
    expect(notes).toEqual([
      ['error', undefined],
      ['success', 'yes'],
    ]);
    expect(await handle.get()).toMatchObject({
      status: 'successful',
      onSuccessIds: [`${handle.id}:success:0`],
      onErrorIds: [`${handle.id}:error:0`],
    });
  });
});
