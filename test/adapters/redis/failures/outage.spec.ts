import { describe, expect, it, vi } from 'vitest';
import { BrokerUnavailableError } from '../../../../lib/core/errors.js';
import { deferred } from '../../../support/engine/instance.js';
import { outcomeOf } from '../../../support/engine/outcome.js';
import { Site, WITHIN_SECONDS } from './site.js';

const KEEPING_ALL = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'always'];
/** More than enqueueTimeout, for a machine that does a lot at once. */
const REJECTED_WITHIN_MS = 7_000;

describe('when Redis goes away and comes back', () => {
  it('enqueueing rejects in time and says why; workers go on by themselves', async () => {
    const site = await Site.open(KEEPING_ALL);
    const { client } = await site.producer();
    await site.worker();
    await (await client.enqueue('note', 'before')).result();
    await site.server.kill();

    const began = performance.now();
    const refused = await client.enqueue('note', 'lost').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(BrokerUnavailableError);
    expect(String(refused)).toMatch(/no connection to Redis|connection broke/);
    expect(performance.now() - began).toBeLessThan(REJECTED_WITHIN_MS);

    await site.server.restart();
    const handle = await vi.waitFor(() => client.enqueue('note', 'after'), WITHIN_SECONDS);
    expect(await handle.result({ timeout: WITHIN_SECONDS.timeout })).toBe('after');
    expect(site.ran).toEqual(['before', 'after']);
  });

  it('what was enqueued during a short one is accepted, or can be sent again by its id', async () => {
    const site = await Site.open(KEEPING_ALL);
    const { client } = await site.producer();
    await site.worker();
    await site.server.kill();
    const first = outcomeOf(client.enqueue('note', 'patient', { id: 'n' }));
    await site.server.restart();
    await vi.waitFor(() => client.enqueue('note', 'patient', { id: 'n' }), WITHIN_SECONDS);
    expect(first.settled).toBe(true);
    await vi.waitFor(() => expect(site.ran).toEqual(['patient']), WITHIN_SECONDS);
  });

  it('a job that runs meanwhile ends once, with its result', async () => {
    const site = await Site.open(KEEPING_ALL);
    const { client } = await site.producer();
    const [begun, may] = [deferred(), deferred()];
    const runs: number[] = [];
    const worker = site.instance({ role: 'worker' }).task('hold', async (_, { attempt }) => {
      runs.push(attempt);
      begun.resolve();
      await may.promise;
      return 'done';
    });
    await worker.start();
    const handle = await client.enqueue('hold');
    await begun.promise;
    await site.server.kill();
    may.resolve();
    await site.server.restart();
    expect(await handle.result({ timeout: WITHIN_SECONDS.timeout })).toBe('done');
    expect(runs).toEqual([1]);
  });

  it('one that lost all its data is worked with anew', async () => {
    const site = await Site.open();
    const { client } = await site.producer();
    await site.worker();
    await client.enqueue('note', 'before');
    await vi.waitFor(() => expect(site.ran).toEqual(['before']), WITHIN_SECONDS);
    await site.server.restart();
    await vi.waitFor(() => client.enqueue('note', 'after'), WITHIN_SECONDS);
    await vi.waitFor(() => expect(site.ran).toEqual(['before', 'after']), WITHIN_SECONDS);
  });
});
