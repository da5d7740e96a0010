import { describe, expect, it } from 'vitest';
import { RetryLaterError, UnrecoverableError } from '../../../lib/core/errors.js';
import { Instance, memoryWorld } from '../../support/engine/instance.js';

async function failing(fail: (attempt: number) => Error | undefined, settings = {}, options = {}) {
  const world = memoryWorld();
  const starts: number[] = [];
  const instance = new Instance(world, options).task(
    'work',
    (_: never, ctx) => {
      starts.push(world.clock.elapsed());
      const error = fail(ctx.attempt);
      if (error !== undefined) throw error;
      return 'fine';
    },
    settings,
  );
  await instance.start();
  const handle = await instance.client.enqueue('work');
  return { instance, handle, starts, clock: world.clock };
}

const always = () => new Error('always');

describe('a job that fails', () => {
  it('is not retried unless that was asked for', async () => {
    const { handle, starts, clock } = await failing(always);
    await clock.advance(10 * 3_600_000);
    expect(starts).toEqual([0]);
    expect((await handle.get()).status).toBe('failed');
  });

  it('is retried maxRetries times, and fails with its last error', async () => {
    const { handle, starts, clock } = await failing((n) => new Error(`no ${n}`), {
      maxRetries: 2,
      backoff: 1_000,
    });
    await clock.advance(60_000);
    expect(starts).toEqual([0, 1_000, 2_000]);
    expect(await handle.get()).toMatchObject({ status: 'failed', attempt: 3, retried: 2 });
    await expect(handle.result()).rejects.toMatchObject({
      code: 'TASQUEUE_JOB_FAILED',
      message: 'no 3',
      jobId: handle.id,
      errors: [{ message: 'no 1' }, { message: 'no 2' }, { message: 'no 3' }],
    });
  });

  it('waits one second by default, twice as long each time, an hour at most', async () => {
    const { starts, clock } = await failing(always, { maxRetries: 14 });
    await clock.advance(20 * 3_600_000);
    const waits = starts.slice(1).map((at, index) => at - (starts[index] ?? 0));
    expect(waits).toHaveLength(14);
    waits.forEach((wait, index) => {
      const grown = Math.min(1_000 * 2 ** index, 3_600_000);
      expect(wait).toBeGreaterThanOrEqual(grown * 0.8);
      expect(wait).toBeLessThanOrEqual(Math.min(grown * 1.2, 3_600_000));
    });
  });

  it('is not retried after an UnrecoverableError', async () => {
    const { handle, starts, clock } = await failing(() => new UnrecoverableError('hopeless'), {
      maxRetries: 5,
      backoff: 10,
    });
    await clock.advance(1_000);
    expect(starts).toEqual([0]);
    expect(await handle.get()).toMatchObject({ status: 'failed', prevError: 'hopeless' });
  });

  it('runs again after a RetryLaterError as often as it likes, without using a retry', async () => {
    const { handle, starts, clock } = await failing((attempt) =>
      attempt < 4 ? new RetryLaterError(500) : undefined,
    );
    await clock.advance(10);
    expect(await handle.get()).toMatchObject({
      status: 'retrying',
      attempt: 1,
      retried: 0,
      eta: new Date(clock.now() + 490),
    });
    await clock.advance(5_000);
    expect(starts).toEqual([0, 500, 1_000, 1_500]);
    expect(await handle.get()).toMatchObject({ status: 'successful', attempt: 4, retried: 0 });
  });

  it('keeps its retries for failures when it is run later in between', async () => {
    const { handle, clock } = await failing(
      (attempt) => (attempt === 1 ? new RetryLaterError(10) : new Error('failed')),
      { maxRetries: 1, backoff: 10 },
    );
    await clock.advance(1_000);
    expect(await handle.get()).toMatchObject({ status: 'failed', attempt: 3, retried: 1 });
  });
});

describe('a backoff function', () => {
  it('is asked with the retries used and the error, and may give up', async () => {
    const asked: [number, unknown][] = [];
    const backoff = (retried: number, error: unknown) => {
      asked.push([retried, error]);
      return retried === 2 ? null : 100;
    };
    const { handle, starts, clock } = await failing(always, { maxRetries: 10, backoff });
    await clock.advance(10_000);
    expect(starts).toEqual([0, 100, 200]);
    const error = new Error('always');
    expect(asked).toEqual([0, 1, 2].map((retried) => [retried, error]));
    expect(await handle.get()).toMatchObject({ status: 'failed', attempt: 3, retried: 2 });
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('no idea');
      },
    ],
    ['gives nonsense', () => -1],
  ])(
    'that %s costs nothing but its say: the default holds, and the log tells',
    async (_, backoff) => {
      const { instance, handle, clock } = await failing(always, { maxRetries: 1, backoff });
      await clock.advance(700);
      expect((await handle.get()).status).toBe('retrying');
      await clock.advance(600);
      expect((await handle.get()).status).toBe('failed');
      expect(instance.lines).toContainEqual(
        expect.objectContaining({ message: expect.stringContaining('backoff function') }),
      );
    },
  );
});
