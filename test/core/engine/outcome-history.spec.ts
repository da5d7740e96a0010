import { describe, expect, it } from 'vitest';
import type { OutcomeHistory } from '../../../lib/core/admin/history/outcome-history.js';
import type { NoticePost } from '../../../lib/core/ports/results.js';
import { memoryWorld } from '../../support/engine/instance.js';
import { overriding } from '../../support/engine/overriding.js';
import { Scripted, scripted } from '../../support/engine/scripted.js';

const QUEUE = 'tasqueue:tasks';
const TEN_SECONDS_MS = 10_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The steps in which something ended, as `[age of the step, successful, failed, cancelled]`, ages in steps. */
function ends({ steps }: OutcomeHistory): number[][] {
  return steps
    .map((step, at) => [steps.length - 1 - at, step.successful, step.failed, step.cancelled])
    .filter((counts) => counts.slice(1).some((count) => count > 0));
}

async function runOne(instance: Scripted, task: 'give' | 'fail', count = 1): Promise<void> {
  for (let run = 0; run < count; run += 1) await instance.client.enqueue(task, run);
  await instance.quiet();
}

describe('the history of outcomes', () => {
  it('is empty at first, in equal steps that end now', async () => {
    const { admin, clock } = await scripted();
    const lengths = { '5m': 30, '1h': 60, '24h': 48 } as const;
    const stepsMs = { '5m': TEN_SECONDS_MS, '1h': MINUTE_MS, '24h': HOUR_MS / 2 } as const;
    for (const span of ['5m', '1h', '24h'] as const) {
      const { steps, stepMs } = await admin.history(span);
      expect([steps.length, stepMs]).toEqual([lengths[span], stepsMs[span]]);
      const last = steps.at(-1)?.from.getTime() ?? 0;
      expect(clock.now() - last).toBeLessThan(stepMs);
      expect(last % stepMs).toBe(0);
      expect(steps[0]?.from.getTime()).toBe(last - (steps.length - 1) * stepMs);
    }
    // oxlint-disable-next-line no-unsafe-type-assertion -- what a caller without types may give
    await expect(admin.history('1d' as '1h')).rejects.toThrow('5m, 1h, 24h');
  });

  it('tells within ten seconds what ended when, and how', async () => {
    const instance = await scripted();
    const { admin, client, clock, held } = instance;
    await runOne(instance, 'give', 2);
    await runOne(instance, 'fail');
    const { id } = await client.enqueue('hold', 'cancelled');
    await held.run(1);
    await client.cancel(id);
    await instance.quiet();
    await clock.advance(TEN_SECONDS_MS);
    await runOne(instance, 'give');
    await clock.advance(TEN_SECONDS_MS);

    expect(ends(await admin.history('5m'))).toEqual([
      [2, 2, 1, 1],
      [1, 1, 0, 0],
    ]);
    const total = { successful: 3, failed: 1, cancelled: 1 };
    for (const span of ['1h', '24h'] as const) {
      const sums = { successful: 0, failed: 0, cancelled: 0 };
      for (const step of (await admin.history(span)).steps) {
        sums.successful += step.successful;
        sums.failed += step.failed;
        sums.cancelled += step.cancelled;
      }
      expect(sums).toEqual(total);
    }
  });

  it('counts no attempt that is to be repeated', async () => {
    const instance = await scripted();
    await instance.client.enqueue('fail', 1, { maxRetries: 1, backoff: HOUR_MS });
    await instance.clock.advance(TEN_SECONDS_MS);
    expect(ends(await instance.admin.history('5m'))).toEqual([]);
  });

  it('keeps queues apart, and adds up all processes', async () => {
    const instance = await scripted();
    const other = new Scripted(instance.world, { queues: ['more'] });
    await other.start();
    await runOne(instance, 'give', 2);
    await other.client.enqueue('give', 1, { queue: 'more' });
    await instance.clock.advance(TEN_SECONDS_MS);

    const { admin } = instance;
    expect(ends(await admin.history('5m', QUEUE))).toEqual([[1, 2, 0, 0]]);
    expect(ends(await admin.history('5m', 'more'))).toEqual([[1, 1, 0, 0]]);
    expect(ends(await admin.history('5m', 'nobody'))).toEqual([]);
    expect(ends(await admin.history('5m'))).toEqual([[1, 3, 0, 0]]);
  });

  it('outlives the processes that told it', async () => {
    const instance = await scripted();
    await runOne(instance, 'give');
    await instance.close();

    const next = new Scripted(instance.world);
    await next.start();
    await runOne(next, 'give');
    await next.clock.advance(TEN_SECONDS_MS);
    expect(ends(await next.admin.history('24h'))).toEqual([[0, 2, 0, 0]]);
  });

  it('looks back as far as its span, and no further', async () => {
    const instance = await scripted();
    const { admin, clock } = instance;
    await runOne(instance, 'give');
    await clock.advance(5 * MINUTE_MS - TEN_SECONDS_MS);
    expect(ends(await admin.history('5m'))).toEqual([[29, 1, 0, 0]]);
    await clock.advance(TEN_SECONDS_MS);
    expect(ends(await admin.history('5m'))).toEqual([]);
    await clock.advance(54 * MINUTE_MS);
    expect(ends(await admin.history('1h'))).toEqual([[59, 1, 0, 0]]);
    await clock.advance(MINUTE_MS);
    expect(ends(await admin.history('1h'))).toEqual([]);
    await clock.advance(23 * HOUR_MS - MINUTE_MS);
    expect(ends(await admin.history('24h'))).toEqual([[47, 1, 0, 0]]);
    await clock.advance(MINUTE_MS);
    expect(ends(await admin.history('24h'))).toEqual([]);
  });

  it('is told again when a post was refused, or its reply lost, and disturbs nobody', async () => {
    const world = memoryWorld();
    let mode: 'refuse' | 'lose the reply' | 'work' = 'refuse';
    const results = overriding(world.results, {
      post: async (posts: readonly NoticePost[]) => {
        if (mode !== 'refuse') await world.results.post(posts);
        if (mode !== 'work') throw new Error(mode);
      },
    });
    const instance = new Scripted({ ...world, results });
    await instance.start();
    await runOne(instance, 'give');
    await world.clock.advance(3 * TEN_SECONDS_MS);
    expect(ends(await instance.admin.history('5m'))).toEqual([]);
    expect(instance.lines.map(({ message }) => message)).toEqual([
      'memory fails at keeping the history of outcomes, and tries again',
    ]);
    mode = 'lose the reply';
    await world.clock.advance(TEN_SECONDS_MS);
    mode = 'work';
    await world.clock.advance(TEN_SECONDS_MS);
    expect(ends(await instance.admin.history('5m'))).toEqual([[5, 1, 0, 0]]);
    expect(instance.lines).toHaveLength(1);
  });

  it('costs a process that ends no job nothing', async () => {
    const world = memoryWorld();
    let posts = 0;
    const results = overriding(world.results, { post: async () => void (posts += 1) });
    const instance = new Scripted({ ...world, results });
    await instance.start();
    await world.clock.advance(MINUTE_MS);
    expect(posts).toBe(0);
    await runOne(instance, 'give', 50);
    await world.clock.advance(MINUTE_MS);
    expect(posts).toBe(1);
  });
});
