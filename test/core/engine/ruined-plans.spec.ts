import { describe, expect, it } from 'vitest';
import { chain } from '../../../lib/core/spec/chain.js';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import type { PlanRecord, Versioned } from '../../../lib/core/ports/record.js';
import { memoryWorld } from '../../support/engine/instance.js';
import { overriding } from '../../support/engine/overriding.js';
import { Scripted } from '../../support/engine/scripted.js';

const RUINED = new Uint8Array([1, 2, 3]);
const OF_A_NEWER_RELEASE = new Uint8Array([99, ...Array.from({ length: 20 }, () => 0)]);

/** A worker on a store that gives back the plans of these ids with another body. */
async function withBodies(bodies: Map<string, Uint8Array>) {
  const world = memoryWorld();
  const ruined = (plan: PlanRecord): PlanRecord => ({
    ...plan,
    body: bodies.get(plan.id) ?? plan.body,
  });
  const results = overriding(world.results, {
    get: async (ids) =>
      (await world.results.get(ids)).map((found): Versioned | undefined =>
        found?.record.kind === 'plan' ? { ...found, record: ruined(found.record) } : found,
      ),
    mark: async (marks) =>
      (await world.results.mark(marks)).map((reply) =>
        reply?.plan ? { ...reply, plan: ruined(reply.plan) } : reply,
      ),
  });
  const worker = new Scripted({ ...world, results });
  await worker.start();
  const readable = await new Scripted(world).connect();
  return { worker, world, bodies, client: readable.client };
}

const steps = (name: string) => [job('give', `${name} one`), job('give', `${name} two`)];

describe('a chain whose announcement can never be read', () => {
  it('fails, and what ended with it goes on', async () => {
    const { worker, client, world } = await withBodies(new Map([['ruined', RUINED]]));
    await Promise.all([
      client.enqueueChain(chain(steps('ruined'), { id: 'ruined' })),
      client.enqueueChain(chain(steps('sound'), { id: 'sound' })),
    ]);
    await worker.quiet();
    expect(worker.starts.map(String).toSorted()).toEqual(['ruined one', 'sound one', 'sound two']);
    expect((await client.getChain('ruined')).status).toBe('failed');
    expect((await client.getChain('sound')).status).toBe('successful');
    expect(await world.broker.inspect.counts('tasqueue:tasks')).toMatchObject({ started: 0 });
  });

  it('tells it to nobody twice: a step that ended last, or failed, leaves nothing open', async () => {
    const { worker, client } = await withBodies(new Map([['c', RUINED]]));
    await client.enqueueChain(chain([job('fail', 'no'), job('give', 1)], { id: 'c' }));
    await worker.quiet();
    expect((await client.getChain('c')).status).toBe('failed');
    expect(worker.starts).toEqual(['no']);
  });
});

it('a group whose announcement can never be read ends, and so does the chain whose step it is', async () => {
  const { worker, client } = await withBodies(new Map([['c:0', RUINED]]));
  const first = group([job('give', 1), job('give', 2)], { onSuccess: [job('give', 'lost')] });
  await client.enqueueChain(chain([first, job('give', 3)], { id: 'c' }));
  await worker.quiet();
  expect((await client.getGroup('c:0')).status).toBe('successful');
  expect(worker.starts).toEqual([1, 2, 3]);
});

it('what follows in a chain of a newer release is left to a newer worker, and holds nobody up', async () => {
  const { worker, client, world, bodies } = await withBodies(
    new Map([['newer', OF_A_NEWER_RELEASE]]),
  );
  await Promise.all([
    client.enqueueChain(chain(steps('newer'), { id: 'newer' })),
    client.enqueueChain(chain(steps('sound'), { id: 'sound' })),
  ]);
  await worker.quiet();
  expect(worker.starts.map(String).toSorted()).toEqual(['newer one', 'sound one', 'sound two']);
  const warnings = worker.lines.filter(({ level }) => level === 'warn');
  expect(warnings).toMatchObject([{ fields: { jobId: 'newer:0' } }]);
  const comesBack = await world.broker.find(['newer:0']);
  expect(comesBack).toMatchObject([{ state: 'retrying' }]);

  // A worker that can read it takes over.
  bodies.clear();
  await world.clock.advance(10_000);
  expect(worker.starts.filter((start) => start === 'newer one')).toHaveLength(1);
  expect((await client.getChain('newer')).status).toBe('successful');
});
