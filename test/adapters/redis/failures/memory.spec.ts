import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { expect, it, vi } from 'vitest';
import { BrokerUnavailableError } from '../../../../lib/core/errors.js';
import { Site, WITHIN_SECONDS } from './site.js';

const JOBS = 400;
const MEMORY = 12 * 1_048_576;

/** Takes all the memory there is, down to the last few bytes. */
async function fill(admin: Redis): Promise<void> {
  for (const size of [100_000, 1_000, 10])
    for (;;) {
      const added = await admin.rpush('filler', 'x'.repeat(size)).catch((error: unknown) => error);
      if (added instanceof Error) break;
    }
}

it('a full server takes nothing, says so, and loses nothing', async () => {
  const site = await Site.open(['--save', '', '--maxmemory', `${MEMORY}`]);
  const admin = site.admin();
  const { client, admin: queues } = await site.producer();
  const names = Array.from({ length: JOBS }, (_, index) => `job ${index}`);
  const started: string[] = [];
  const worker = site
    .instance({ role: 'worker', queues: { 'tasqueue:tasks': { concurrency: 20 } } })
    .task('slow', async (name: string) => {
      started.push(name);
      await sleep(10);
      site.ran.push(name);
    });
  for (const name of names) await client.enqueue('slow', name, { id: name });
  await worker.start();
  await vi.waitFor(() => expect(started.length).toBeGreaterThan(40), WITHIN_SECONDS);
  await fill(admin);

  const refused = await client.enqueue('slow', 'more').catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(BrokerUnavailableError);
  expect(String(refused)).toContain('OOM command not allowed');
  // As long as a worker tries and tries.
  await sleep(2_000);
  await admin.del('filler');
  await vi.waitFor(() => {
    expect(names.filter((name) => !site.ran.includes(name))).toEqual([]);
  }, WITHIN_SECONDS);
  await vi.waitFor(async () => {
    const stats = await queues.stats('tasqueue:tasks');
    expect(stats).toMatchObject({ queued: 0, processing: 0, successful: JOBS, failed: 0 });
  }, WITHIN_SECONDS);
  expect(started.length).toBe(JOBS);
});
