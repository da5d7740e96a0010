import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Alarm, put, read } from '../../../../lib/testing/conformance/results/asserting.js';
import { aJob } from '../../../../lib/testing/conformance/results/records.js';
import { ResultsScene } from './results-scene.js';

const scene = new ResultsScene();

describe('watching one id from two processes', () => {
  it('wakes both, and the one that goes on when the other stops', async () => {
    const prefix = randomUUID();
    const [one, other] = [await scene.open({ prefix }), await scene.open({ prefix })];
    const [first, second] = [new Alarm(), new Alarm()];
    const stop = one.watch('a', first.wake);
    const stopSecond = other.watch('a', second.wake);
    await watchedBy(prefix, 2);

    const revision = await put(one, aJob('a'));
    await Promise.all([first.rung(), second.rung()]);
    stop();
    await watchedBy(prefix, 1);
    await put(one, aJob('a', { run: 2 }), revision);

    await second.rung(2);
    expect(first.calls).toBe(1);
    stopSecond();
    await watchedBy(prefix, 0);
  });

  it('costs the server nothing once nobody watches', async () => {
    const prefix = randomUUID();
    const results = await scene.open({ prefix });
    for (const id of ['a', 'b']) {
      const stop = results.watch(id, () => undefined);
      await watchedBy(prefix, 1, id);
      stop();
      await watchedBy(prefix, 0, id);
    }

    expect(await read(results, 'a')).toBeUndefined();
    expect(await scene.redis.pttl(`{${prefix}}:r:w`)).toBeGreaterThan(0);
  });
});

/** Resolves once so many processes are noted as watching. */
async function watchedBy(prefix: string, processes: number, id = 'a'): Promise<void> {
  const NAME_BYTES = 8;
  for (const deadline = performance.now() + 5_000; performance.now() < deadline;) {
    if ((await scene.redis.strlen(`{${prefix}}:r:w:${id}`)) === processes * NAME_BYTES) return;
  }
  throw new Error(`${processes} processes should be watching '${id}'`);
}
