import { describe, expect, it } from 'vitest';
import {
  CancelledError,
  ClosedError,
  InvalidOptionsError,
  JobFailedError,
  NotFoundError,
  TimeoutError,
} from '../../../lib/core/errors.js';
import type { Results } from '../../../lib/core/ports/results.js';
import { job } from '../../../lib/core/spec/job.js';
import { wrong } from '../../support/wrong.js';
import { memoryWorld } from '../../support/engine/instance.js';
import { outcomeOf } from '../../support/engine/outcome.js';
import { overriding, silence } from '../../support/engine/overriding.js';
import { Scripted, scripted } from '../../support/engine/scripted.js';

/** A results store that counts who watches. */
function counting(results: Results) {
  const watching = { now: 0 };
  const counted = overriding(results, {
    watch(id, wake) {
      watching.now += 1;
      const unwatch = results.watch(id, wake);
      return () => {
        watching.now -= 1;
        unwatch();
      };
    },
  });
  return { watching, results: counted };
}

describe('handle.result()', () => {
  it('asked before the end and after it gives the same', async () => {
    const { client, held } = await scripted();
    const handle = await client.enqueue('hold');
    const before = handle.result();
    (await held.run(1)).finish('done');
    expect(await before).toBe('done');
    expect(await handle.result()).toBe('done');
    expect(await handle.result()).toBe('done');
  });

  it.each([
    ['a failure', JobFailedError, async () => {}],
    ['a cancellation', CancelledError, async (i: Scripted) => i.client.cancel('w')],
    ['a deletion', NotFoundError, async (i: Scripted) => i.client.deleteJob('w')],
  ])('rejects after %s, whether asked before or after it', async (_, error, act) => {
    const instance = await scripted();
    const handle = await instance.client.enqueue('hold', null, { id: 'w' });
    const run = await instance.held.run(1);
    const before = outcomeOf(handle.result());
    await instance.quiet();
    await act(instance);
    run.fail(new Error('broken'));
    await instance.quiet();
    expect(before.error).toBeInstanceOf(error);
    await expect(handle.result()).rejects.toThrow(error);
  });

  it('rejects with a TimeoutError once its time is up, and the job goes on', async () => {
    const { client, held, clock } = await scripted();
    const handle = await client.enqueue('hold');
    const result = outcomeOf(handle.result({ timeout: 5_000 }));
    await clock.advance(4_999);
    expect(result.settled).toBe(false);
    await clock.advance(1);
    expect(result.error).toBeInstanceOf(TimeoutError);
    (await held.run(1)).finish('late');
    expect(await handle.result()).toBe('late');
  });

  it('waits 30 s unless told otherwise', async () => {
    const { client, clock } = await scripted();
    const result = outcomeOf((await client.enqueue('hold')).result());
    await clock.advance(29_999);
    expect(result.settled).toBe(false);
    await clock.advance(1);
    expect(result.error).toBeInstanceOf(TimeoutError);
  });

  it.each(['get', 'the last get'])(
    'never outlives its timeout, though %s never answers',
    async (when) => {
      const world = memoryWorld();
      let calls = 0;
      const silent = overriding(world.results, {
        get: async (ids) => {
          calls += 1;
          return when === 'get' || calls > 2 ? silence() : world.results.get(ids);
        },
      });
      const worker = await new Scripted(world).start();
      const asking = new Scripted({ ...world, results: silent }, { role: 'producer' });
      await asking.connect();
      const handle = await asking.client.enqueue('hold');
      const result = outcomeOf(handle.result({ timeout: 1_000 }));
      await world.clock.advance(500);
      expect(calls).toBeLessThan(3);
      (await worker.held.run(1)).finish('done');
      await world.clock.advance(500);
      expect(result.error).toBeInstanceOf(TimeoutError);
    },
  );

  it('leaves no watcher and no timer behind, however it ends', async () => {
    const world = memoryWorld();
    const { watching, results } = counting(world.results);
    const instance = new Scripted({ ...world, results });
    await instance.start();
    const { client, held, clock } = instance;
    await client.enqueue('give');
    await clock.advance(1_000);
    const armed = clock.armed;
    const handles = await client.enqueueMany(
      ['a', 'b', 'c', 'd'].map((id) => job('hold', id, { id })),
    );
    await held.run(4);
    const ends = handles.map((handle) => outcomeOf(handle.result({ timeout: 100 })));
    await instance.quiet();
    expect(watching.now).toBe(4);
    held.runs[0]?.finish();
    held.runs[1]?.fail(new Error('no'));
    await client.deleteJob('c');
    await clock.advance(1_000);
    expect(ends.map(({ settled }) => settled)).toEqual([true, true, true, true]);
    expect(watching.now).toBe(0);
    held.finishAll();
    await clock.advance(1_000);
    expect(clock.armed).toBe(armed);
  });

  it('asked when the store has lost its wake-ups looks again by itself', async () => {
    const world = memoryWorld();
    const deaf = overriding(world.results, { watch: () => () => {} });
    const instance = new Scripted({ ...world, results: deaf });
    await instance.start();
    const handle = await instance.client.enqueue('hold');
    const result = outcomeOf(handle.result());
    (await instance.held.run(1)).finish('done');
    await instance.clock.advance(2_000);
    expect(result.value).toBe('done');
  });

  it('asked by another process gives the same', async () => {
    const instance = await scripted();
    const other = await new Scripted(instance.world, { role: 'producer' }).connect();
    const handle = await other.client.enqueue('hold', null);
    const result = handle.result();
    (await instance.held.run(1)).finish('done');
    expect(await result).toBe('done');
  });

  it('still waiting when the instance closes is told so', async () => {
    const instance = await scripted();
    const handle = await instance.client.enqueue('give', 1, { delay: 100_000 });
    const result = outcomeOf(handle.result({ timeout: 3_600_000 }));
    await instance.quiet();
    await instance.close();
    expect(result.error).toBeInstanceOf(ClosedError);
  });

  it.each([-1, Number.NaN, Infinity, '5'])('refuses the timeout %s', async (timeout) => {
    const { client } = await scripted();
    const handle = await client.enqueue('give', 1);
    await expect(handle.result({ timeout: wrong(timeout) })).rejects.toThrow(InvalidOptionsError);
  });

  it('refuses options it does not know', async () => {
    const { client } = await scripted();
    const handle = await client.enqueue('give', 1);
    await expect(handle.result(wrong({ timeOut: 5 }))).rejects.toThrow(/did you mean 'timeout'/);
  });
});
