import { describe, expect, it } from 'vitest';
import { memoryWorld } from '../../support/engine/instance.js';
import { overriding } from '../../support/engine/overriding.js';
import { Scripted } from '../../support/engine/scripted.js';

const QUEUE = 'tasqueue:tasks';

/** A worker with one slot, which `first` holds, and three more jobs read ahead behind it. */
async function readingAhead(ownIds = false) {
  const world = memoryWorld();
  const options = { readAhead: 10, queues: { [QUEUE]: { concurrency: 1 } } };
  const worker = new Scripted(world, options);
  await worker.start();
  await worker.client.enqueue('hold', 'first');
  const first = await worker.held.run(1);
  const ids: string[] = [];
  for (const n of [0, 1, 2])
    ids.push((await worker.client.enqueue('give', n, ownIds ? { id: `own-${n}` } : {})).id);
  await worker.quiet();
  expect((await world.broker.inspect.counts(QUEUE)).claimed).toBe(3);
  return { world, worker, first, second: ids[1] ?? '' };
}

describe.each(['cancel', 'deleteJob'] as const)('%s of a job that was read ahead', (act) => {
  it.each([
    ['the process that holds it', false],
    ['another', false],
    ['another, though it was looked up when it was read ahead', true],
  ])('by %s keeps it from running', async (who, ownIds) => {
    const { world, worker, first, second } = await readingAhead(ownIds);
    const actor =
      who !== 'the process that holds it' ? await new Scripted(world).connect() : worker;
    await actor.client[act](second);
    first.finish();
    await world.clock.advance(60_000);
    expect(worker.starts).toEqual(['first', 0, 2]);
    expect(await worker.admin.stats(QUEUE)).toMatchObject({ queued: 0, processing: 0 });
  });

  it('keeps it from running though the notice of it is lost', async () => {
    const { world, worker, first, second } = await readingAhead();
    const mute = overriding(world.broker, { broadcast: () => Promise.resolve() });
    const other = await new Scripted({ ...world, broker: mute }).connect();
    await other.client[act](second);
    // With this one comes the word that the second is gone.
    await other.client.enqueue('give', 3);
    await worker.quiet();
    first.finish();
    await world.clock.advance(60_000);
    expect(worker.starts).toEqual(['first', 0, 2, 3]);
  });
});
