import { readdir, truncate, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { Site, WITHIN_SECONDS } from './site.js';

const AT_ONCE = 50;

/** Enqueues until the server is gone; gives the names of what was accepted, and of all that was tried. */
async function flood(site: Site, afterJobs: number) {
  const { client } = await site.producer({ enqueueTimeout: 1_000 });
  const accepted = new Set<string>();
  const tried: string[] = [];
  const killed = { at: undefined as Promise<void> | undefined };
  while (killed.at === undefined) {
    const from = tried.length;
    const names = Array.from({ length: AT_ONCE }, (_, index) => `job ${from + index}`);
    tried.push(...names);
    const sent = names.map(async (name) => {
      await client.enqueue('note', name, { id: name });
      accepted.add(name);
    });
    if (accepted.size >= afterJobs) killed.at = site.server.kill();
    await Promise.allSettled(sent);
  }
  await killed.at;
  return { accepted, tried };
}

describe('after a SIGKILL of Redis', () => {
  it('with appendfsync always, every job that was accepted is there and runs', async () => {
    const site = await Site.open(['--save', '', '--appendonly', 'yes', '--appendfsync', 'always']);
    const { accepted } = await flood(site, 500);
    await site.server.restart();
    await site.worker();
    await vi.waitFor(() => {
      expect([...accepted].filter((name) => !site.ran.includes(name))).toEqual([]);
    }, WITHIN_SECONDS);
    expect(new Set(site.ran).size).toBe(site.ran.length);
  });

  it('with appendfsync always, outcomes are there as well, and nothing runs again', async () => {
    const site = await Site.open(['--save', '', '--appendonly', 'yes', '--appendfsync', 'always']);
    await site.worker();
    const { accepted } = await flood(site, 500);
    const before = new Set(site.ran);
    await site.server.restart();
    await vi.waitFor(() => {
      expect([...accepted].filter((name) => !site.ran.includes(name))).toEqual([]);
    }, WITHIN_SECONDS);
    expect(before.size).toBeGreaterThan(0);
    const { client, admin } = await site.producer();
    await vi.waitFor(async () => {
      for (const name of accepted) expect((await client.getJob(name)).status).toBe('successful');
    }, WITHIN_SECONDS);
    expect(await admin.stats('tasqueue:tasks')).toMatchObject({ queued: 0, processing: 0 });
    expect(new Set(site.ran).size).toBe(site.ran.length);
  });

  it('with the end of the log lost, as with everysec, what is left is consistent', async () => {
    const site = await Site.open([
      '--save',
      '',
      '--appendonly',
      'yes',
      '--appendfsync',
      'everysec',
    ]);
    const worker = await site.worker({ lease: 1_000 });
    const { tried } = await flood(site, 300);
    await loseTheEnd(site.server.folder);
    await site.server.restart();
    const { client, admin } = await site.producer();
    // Whoever is not sure sends again, by the same ids.
    for (const name of tried)
      await vi.waitFor(() => client.enqueue('note', name, { id: name }), WITHIN_SECONDS);
    await vi.waitFor(async () => {
      for (const name of tried) expect((await client.getJob(name)).status).toBe('successful');
    }, WITHIN_SECONDS);
    expect(await admin.stats('tasqueue:tasks')).toMatchObject({ queued: 0, processing: 0 });
    expect(worker.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

/** What a machine loses that stops at once: the last part of the append-only file. */
async function loseTheEnd(folder: string): Promise<void> {
  const logs = join(folder, 'appendonlydir');
  for (const name of await readdir(logs)) {
    if (!name.endsWith('.incr.aof')) continue;
    const file = join(logs, name);
    const { size } = await stat(file);
    await truncate(file, Math.floor(size * 0.7));
  }
}
