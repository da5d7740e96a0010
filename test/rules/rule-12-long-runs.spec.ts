import { expect, it } from 'vitest';
import { NotFoundError } from '../../lib/core/errors.js';
import { REDELIVERY_HORIZON_MS } from '../../lib/core/lease.js';
import type { RecordWrite } from '../../lib/core/ports/results.js';
import { HeldHandler } from '../support/engine/held-handler.js';
import { Gate, refused } from '../support/faults/fates.js';
import type { Fate } from '../support/faults/line.js';
import type { Machine } from '../support/faults/machine.js';
import { Site } from '../support/faults/site.js';

/** A job that runs. */
async function running() {
  const site = new Site();
  const handler = new HeldHandler();
  const worker = await site
    .machine()
    .task('work', handler.handle)
    .task('other', () => {})
    .start();
  const { id } = await worker.client.enqueue('work');
  const run = await handler.run(1);
  return { site, worker, id, run };
}

/** What a worker writes from now on, up to a few calls. */
function writesOf({ results }: Machine): readonly RecordWrite[] {
  const writes: RecordWrite[] = [];
  const noted: Fate<[readonly RecordWrite[]]> = async (call, put) => {
    writes.push(...put);
    return call();
  };
  for (let put = 0; put < 5; put += 1) results.next('put', noted);
  return writes;
}

it('a run that has lasted for 250 ms has a record, and its end is an update of that', async () => {
  const { site, worker, id, run } = await running();
  const writes = writesOf(worker);
  await site.clock.advance(250);
  const [found] = await site.stores.results.get([id]);
  expect(found?.record).toMatchObject({ status: 'processing', attempt: 1 });
  run.finish();
  await site.settle();
  expect(writes.map(({ expect: revision }) => revision)).toEqual([0, found?.revision]);
});

it('a shorter run is recorded by its end alone', async () => {
  const { site, worker, run } = await running();
  const writes = writesOf(worker);
  await site.clock.advance(100);
  run.finish();
  await site.settle();
  expect(writes.map(({ record }) => record.status)).toEqual(['successful']);
});

it('a record that could not be written is written a little later', async () => {
  const { site, worker, id } = await running();
  worker.results.next('put', refused);
  await site.clock.advance(300);
  const [found] = await site.stores.results.get([id]);
  expect(found?.record).toMatchObject({ status: 'processing' });
});

it('the late end of a long run does not bring back what was deleted, even beyond the horizon', async () => {
  const { site, worker, id, run } = await running();
  const client = await site
    .machine()
    .task('other', () => {})
    .start();
  await site.clock.advance(300);
  const late = new Gate();
  worker.results.next('put', late.before);
  run.finish('late');
  await late.reached;
  worker.freeze();
  await client.client.deleteJob(id);
  await site.clock.advance(2 * REDELIVERY_HORIZON_MS);
  for (let turn = 0; turn < 5; turn += 1) await client.client.enqueue('other');
  await site.settle();
  expect(await site.stores.results.get([id])).toEqual([undefined]);
  late.open();
  await site.settle();
  await expect(client.client.getJob(id)).rejects.toThrow(NotFoundError);
});
