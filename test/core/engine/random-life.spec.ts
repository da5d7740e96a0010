import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { NotFoundError } from '../../../lib/core/errors.js';
import { memoryWorld } from '../../support/engine/instance.js';
import { Ledger, type Life } from '../../support/engine/random-ledger.js';
import { anyStep, QUEUE } from '../../support/engine/random-steps.js';
import { Scripted } from '../../support/engine/scripted.js';

const RUNS = { seed: 20_240_701, numRuns: 80 };

const ENDED = new Set(['successful', 'failed', 'cancelled']);
const CALLBACK = /^(success|error|complete|last) /;

/** What several callers do at once. */
const turn = fc.array(anyStep, { minLength: 1, maxLength: 3 });

/** Lets everything end that can: the queue is open, held handlers finish, and time passes. */
async function settle(instance: Scripted): Promise<void> {
  await instance.admin.resume(QUEUE);
  for (let round = 0; round < 15; round += 1) {
    await instance.clock.advance(15_000);
    instance.held.finishAll('at last');
  }
  await instance.clock.advance(15_000);
}

/** The states of what was accepted; none once it is deleted, or its id is another's. */
async function statesOf({ client }: Scripted, { kind, id }: Life): Promise<string[]> {
  try {
    if (kind === 'job') return [(await client.getJob(id)).status];
    if (kind === 'chain') return [(await client.getChain(id)).status];
    const { status, jobStatus } = await client.getGroup(id);
    return [status, ...Object.values(jobStatus)];
  } catch (error) {
    if (error instanceof NotFoundError) return [];
    throw error;
  }
}

async function checkLife(instance: Scripted, life: Life): Promise<void> {
  const states = await statesOf(instance, life);
  const open = states.filter((state) => !ENDED.has(state));
  expect([life.id, ...open]).toEqual([life.id]);
  if (life.touched) return;
  // What nobody interfered with has run, and has had its say.
  const { starts } = instance;
  expect(life.starts.filter((payload) => !starts.includes(payload))).toEqual([]);
  expect(life.callbacks.filter((payload) => starts.includes(payload))).not.toEqual([]);
}

async function checkLists({ client, admin, world }: Scripted): Promise<void> {
  const all = { limit: 1_000 };
  const { items: successful } = await admin.successful(all);
  const { items: failed } = await admin.failed(all);
  const { items: cancelled } = await admin.cancelled(all);
  expect(await admin.stats(QUEUE)).toMatchObject({
    queued: 0,
    scheduled: 0,
    retrying: 0,
    processing: 0,
    workers: 1,
    successful: successful.length,
    failed: failed.length,
    cancelled: cancelled.length,
  });
  for (const item of [...successful, ...failed, ...cancelled]) {
    expect(item.finishedAt).toBeInstanceOf(Date);
    expect(item.attempt).toBeGreaterThanOrEqual(item.retried);
    expect(await client.getJob(item.id)).toEqual(item);
  }
  expect(await world.broker.inspect.sessions()).toMatchObject([{ held: 0 }]);
}

it('whatever is done to them, jobs, groups and chains end, once, and everything adds up', async () => {
  const turns = fc.array(turn, { minLength: 5, maxLength: 30 });
  const life = fc.asyncProperty(turns, async (script) => {
    const instance = new Scripted(memoryWorld(), { queues: { [QUEUE]: { concurrency: 3 } } });
    await instance.start();
    const ledger = new Ledger();
    for (const steps of script) {
      await Promise.all(steps.map(async ({ run }) => run(instance, ledger)));
      ledger.endTurn();
    }
    await settle(instance);
    for (const each of ledger.lives) await checkLife(instance, each);
    await checkLists(instance);
    // Each follow-up comes at most once in a life, however often its job is retried.
    const followUps = instance.starts.filter((payload) => CALLBACK.test(String(payload)));
    expect(new Set(followUps).size).toBe(followUps.length);
    await instance.close();
  });
  await fc.assert(life, RUNS);
}, 60_000);
