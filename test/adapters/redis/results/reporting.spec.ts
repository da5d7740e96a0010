import { Redis } from 'ioredis';
import { expect, it, onTestFinished } from 'vitest';
import { RedisResults } from '../../../../lib/adapters/redis/redis-results.js';
import type { Trouble } from '../../../../lib/core/ports/trouble.js';
import { KEEP_NONE } from '../../../../lib/testing/conformance/results/time-travel.js';
import { ManualClock } from '../../../../lib/testing/manual-clock.js';
import { RedisServer } from '../../../support/servers/redis-server.js';

const MINUTE_MS = 60_000;

it('reports each sweep that fails, whatever the reason, and tries again', async () => {
  const server = await RedisServer.start();
  onTestFinished(() => server.stop());
  const admin = new Redis(server.url);
  onTestFinished(() => admin.disconnect());
  const clock = new ManualClock();
  const time = { clock, offsetMs: () => clock.elapsed() };
  const results = new RedisResults({ url: server.url }, { prefix: 'shop', time });
  const troubles: Trouble[] = [];
  let wake = (): void => undefined;
  await results.connect({
    retention: KEEP_NONE,
    report: (trouble) => {
      troubles.push(trouble);
      wake();
    },
  });
  onTestFinished(() => results.close());
  const failed = (): Promise<void> => new Promise((resolve) => void (wake = resolve));

  const [state = ''] = await admin.keys('*:r:s');
  const backup = await admin.dumpBuffer(state);
  await admin.set(state, 'no hash');
  for (const times of [1, 2]) {
    const once = failed();
    await clock.advance(MINUTE_MS);
    await once;
    expect(troubles).toHaveLength(times);
  }
  expect(troubles[0]?.doing).toBe('forgetting what is past its retention');
  expect(String(troubles[0]?.error)).toContain('WRONGTYPE');

  await admin.del(state);
  await admin.restore(state, 0, backup ?? '');
  await clock.advance(MINUTE_MS);
  await results.ping();
  expect(troubles).toHaveLength(2);
});
