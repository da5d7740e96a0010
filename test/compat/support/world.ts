import { expect } from 'vitest';
import { chain } from '../../../lib/core/spec/chain.js';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import type { TasqueueOptions } from '../../../lib/core/options.js';
import type { LoggedLine } from '../../support/engine/instance.js';
import { LiveInstance } from '../../support/engine/live-instance.js';
import type { Stores } from '../../hostile/support/stores.js';

export const PREFIX = 'shop';
const QUEUE = 'work';
const YEAR_MS = 365 * 24 * 3_600_000;
/** A fixture may be read in many years. */
const LONG = { age: 90 * YEAR_MS };
const OPTIONS: TasqueueOptions = {
  retention: { successful: LONG, failed: LONG, cancelled: LONG },
  queues: { [QUEUE]: { concurrency: 5 } },
};
const FAR = new Date(Date.UTC(2100, 0, 1));
const SOON = { interval: 10, timeout: 10_000 };

function instanceOn(stores: Stores): LiveInstance {
  const instance = new LiveInstance(stores, OPTIONS);
  instance
    .task('give', (payload) => payload, { queue: QUEUE })
    .task('previous', (_, { prevJobResult }) => prevJobResult, { queue: QUEUE })
    .task('fail', () => Promise.reject(new Error('failed on purpose')), { queue: QUEUE });
  return instance;
}

/** Everything that may lie in the stores when workers of another release take over. */
export async function fill(stores: Stores): Promise<void> {
  const instance = await instanceOn(stores).start();
  const { client, admin } = instance;
  const done = await client.enqueue('give', { done: 'ä' }, { id: 'done', headers: { a: 'b' } });
  await done.result();
  await client.enqueue('fail', 1, { id: 'failed' });
  await expect.poll(() => client.getJob('failed'), SOON).toMatchObject({ status: 'failed' });
  await client.enqueue('give', 1, { id: 'deleted' });
  await expect.poll(() => client.getJob('deleted'), SOON).toMatchObject({ status: 'successful' });
  await client.deleteJob('deleted');
  const ended = await client.enqueueGroup(group([job('give', 1), job('give', 2)], { id: 'ended' }));
  await ended.result();
  await admin.pause(QUEUE);
  await client.enqueue('give', 'waiting', { id: 'waiting', priority: 3, maxRetries: 2 });
  await client.enqueue('give', 'later', { id: 'later', eta: FAR });
  await client.enqueue('give', 'cancelled', { id: 'cancelled' });
  await client.cancel('cancelled');
  await client.enqueue('give', 'slot', { id: 'yearly', schedule: '0 0 1 1 *' });
  const members = [job('give', 1), job('give', 2, { onSuccess: [job('previous')] })];
  await client.enqueueGroup(
    group(members, { id: 'group', onComplete: [job('previous', 0, { id: 'complete' })] }),
  );
  await client.enqueueChain(
    chain([job('give', 1), group([job('give', 2), job('previous')]), job('previous')], {
      id: 'chain',
    }),
  );
  await instance.close();
}

/** That all of it is there, and goes on; gives what the engine had to complain of. */
export async function goesOn(stores: Stores): Promise<readonly LoggedLine[]> {
  const instance = await instanceOn(stores).start();
  const { client, admin } = instance;
  expect(await client.getResult('done')).toEqual({ done: 'ä' });
  expect(await client.getJob('done')).toMatchObject({ status: 'successful', headers: { a: 'b' } });
  expect((await client.getGroup('ended')).status).toBe('successful');
  const failed = await client.getJob('failed');
  expect(failed).toMatchObject({ status: 'failed', prevError: 'failed on purpose' });
  expect(await client.getJob('cancelled')).toMatchObject({ status: 'cancelled' });
  expect(await admin.schedules()).toMatchObject([{ id: 'yearly', cron: '0 0 1 1 *' }]);
  const later = await client.getJob('later');
  expect(later).toMatchObject({ status: 'scheduled', eta: FAR, payload: 'later' });
  expect(await admin.stats(QUEUE)).toMatchObject({ paused: true, scheduled: 1 });

  await admin.resume(QUEUE);
  for (const id of ['waiting', 'group:1:success:0', 'complete'])
    await expect.poll(() => statusOf(instance, id), SOON).toBe('successful');
  await expect.poll(() => client.getChain('chain'), SOON).toMatchObject({ status: 'successful' });
  expect(await client.getResult('chain')).toEqual([2, 1]);
  expect(await client.getResult('complete')).toEqual([1, 2]);
  await client.retry('failed');
  await expect
    .poll(() => client.getJob('failed'), SOON)
    .toMatchObject({ status: 'failed', attempt: 2 });
  // A deleted id leads another life.
  expect(await (await client.enqueue('give', 2, { id: 'deleted' })).result()).toBe(2);
  expect(await client.cancel('later')).toBe(true);
  await admin.removeSchedule('yearly');
  await client.deleteJob('done');
  expect(await admin.stats(QUEUE)).toMatchObject({ queued: 0, scheduled: 0, processing: 0 });
  return instance.lines.filter(({ level }) => level === 'warn');
}

async function statusOf({ client }: LiveInstance, id: string): Promise<string> {
  return client.getJob(id).then(
    ({ status }) => status,
    () => 'unknown',
  );
}
