import { expect, it } from 'vitest';
import { BrokerUnavailableError } from '../../lib/core/errors.js';
import { Gate, refused, replyLost, unanswered } from '../support/faults/fates.js';
import { Site } from '../support/faults/site.js';

it('accepts a job while the results cannot be reached', async () => {
  const site = new Site();
  const client = await site.machine({ role: 'producer' }).connect();
  client.results.standing(refused);
  const { id } = await client.client.enqueue('work');
  const worker = await site
    .machine()
    .task('work', () => 'done')
    .start();
  await site.settle();
  expect(await worker.client.getResult(id)).toBe('done');
});

it('finds a job that ends between the look at the results and the look at the broker', async () => {
  const site = new Site();
  const client = await site.machine({ role: 'producer' }).connect();
  const { id } = await client.client.enqueue('work');
  const looks = new Gate();
  client.broker.next('find', looks.before);
  const seen = client.client.getJob(id);
  await looks.reached;
  await site
    .machine()
    .task('work', () => 'done')
    .start();
  await site.settle();
  looks.open();
  expect(await seen).toMatchObject({ status: 'successful' });
});

it.each([
  ['was refused', refused],
  ['was accepted, and the reply lost', replyLost],
  ['is never answered', unanswered],
])('a job that %s names its id, and can be sent again', async (_, fate) => {
  const site = new Site();
  const runs: unknown[] = [];
  const client = await site.machine({ role: 'producer' }).connect();
  await site
    .machine()
    .task('work', (payload) => runs.push(payload))
    .start();
  client.broker.next('enqueue', fate);
  const lost = client.client.enqueue('work', 'payload').catch((error: unknown) => error);
  await site.clock.advance(5_000);
  const error = await lost;
  if (!(error instanceof BrokerUnavailableError)) throw error;
  expect(error.ids).toEqual([expect.any(String)]);
  const handle = await client.client.enqueue('work', 'payload', { id: error.ids[0] });
  expect(await handle.result()).toBe(1);
  await site.lapse();
  expect(runs).toEqual(['payload']);
});

it('sends a job again that nobody knows any more', async () => {
  const site = new Site();
  const client = await site.machine({ role: 'producer' }).connect();
  await client.client.enqueue('work', undefined, { id: 'own' });
  // The broker came back without it.
  await site.stores.broker.remove([{ id: 'own', generation: 1 }]);
  const again = await client.client.enqueue('work', undefined, { id: 'own' });
  expect(again.duplicate).toBe(false);
  await site
    .machine()
    .task('work', () => 'done')
    .start();
  expect(await again.result()).toBe('done');
});

it('a job that is on record is a duplicate, though the broker is out of reach', async () => {
  const site = new Site();
  const client = await site.machine({ role: 'producer' }).connect();
  await site
    .machine()
    .task('work', () => 'done')
    .start();
  await client.client.enqueue('work', undefined, { id: 'own' });
  await site.settle();
  client.broker.standing(refused);
  const again = await client.client.enqueue('work', undefined, { id: 'own' });
  expect(again.duplicate).toBe(true);
});
