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
  // What the worker settles makes room, for a while.
  const refused = await vi.waitFor(async () => {
    await fill(admin);
    const name = `job ${names.length}`;
    const outcome = await client
      .enqueue('slow', name, { id: name })
      .catch((error: unknown) => error);
    if (!(outcome instanceof Error)) names.push(name);
    expect(outcome).toBeInstanceOf(BrokerUnavailableError);
    return outcome;
  }, WITHIN_SECONDS);
  expect(String(refused)).toContain('OOM command not allowed');
  // As long as a worker tries and tries.
  await sleep(2_000);
  await admin.del('filler');
  await vi.waitFor(() => {
    expect(names.filter((name) => !site.ran.includes(name))).toEqual([]);
  }, WITHIN_SECONDS);
  await vi.waitFor(async () => {
    const stats = await queues.stats('tasqueue:tasks');
    expect(stats).toMatchObject({ queued: 0, processing: 0, successful: names.length, failed: 0 });
  }, WITHIN_SECONDS);
  expect(started.length).toBe(names.length);
});
