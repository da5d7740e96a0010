import { describe, expect, it } from 'vitest';
import { RedisResults } from '../../../../lib/adapters/redis/redis-results.js';
import { ResultsUnavailableError } from '../../../../lib/core/errors.js';
import {
  Alarm,
  assertRecord,
  put,
  read,
} from '../../../../lib/testing/conformance/results/asserting.js';
import { aJob, finished, idsOf } from '../../../../lib/testing/conformance/results/records.js';
import { KEEP_ALL } from '../../../../lib/testing/conformance/results/results-world.js';
import { ResultsScene } from './results-scene.js';

const scene = new ResultsScene();

describe('results in a Redis that is disturbed', () => {
  it('are all there when the scripts are flushed while they are written', async () => {
    const results = await scene.open();
    const writes = idsOf(2_000).map((id, at) => ({ record: finished(id, at + 1), expect: 0 }));

    const calls = writes.map(async (write, index) => {
      if (index % 200 === 100) await scene.redis.script('FLUSH');
      return results.put([write]);
    });

    const replies = (await Promise.all(calls)).flat();
    expect(replies.every(({ stored }) => stored)).toBe(true);
    expect(await results.counts()).toEqual({ successful: 2_000, failed: 0, cancelled: 0 });
    const found = await results.get(idsOf(2_000));
    for (const [index, { record }] of writes.entries()) assertRecord(found[index]?.record, record);
  });

  it('wake who watches once he can be told again, for he may have missed something', async () => {
    const results = await scene.open();
    const [alarm, other] = [new Alarm(), new Alarm()];
    const stops = [results.watch('a', alarm.wake), results.watch('b', other.wake)];
    await put(results, aJob('a'));
    await alarm.rung();

    const before = alarm.calls;
    expect(other.calls).toBe(0);
    await scene.redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await alarm.rung(before + 1);
    await other.rung();

    const revision = (await read(results, 'a'))?.revision;
    const again = alarm.calls;
    await put(results, finished('a', 1), revision);
    await alarm.rung(again + 1);
    expect(alarm.calls).toBe(again + 1);
    for (const stop of stops) stop();
  });

  it('are unavailable before they are connected, and after they are closed', async () => {
    const results = new RedisResults({ url: scene.server.url });
    await expect(results.get(['a'])).rejects.toThrow(ResultsUnavailableError);
    await results.connect({ retention: KEEP_ALL });
    await results.ping();
    await results.close();

    await expect(results.put([{ record: aJob('a'), expect: 0 }])).rejects.toThrow(
      ResultsUnavailableError,
    );
  });

  it('cannot be connected where nobody listens', async () => {
    const results = new RedisResults({ url: 'redis://127.0.0.1:1' });

    await expect(results.connect({ retention: KEEP_ALL })).rejects.toThrow(ResultsUnavailableError);
  });

  it('refuse what a full server refuses, and say so', async () => {
    const results = await scene.open();
    await scene.redis.config('SET', 'maxmemory', '1');

    const call = results.put([{ record: aJob('a'), expect: 0 }]);

    await expect(call).rejects.toThrow(/OOM/);
    await scene.redis.config('SET', 'maxmemory', '0');
    await expect(call).rejects.toThrow(ResultsUnavailableError);
    await put(results, aJob('a'));
  });
});
