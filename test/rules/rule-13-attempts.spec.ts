import { expect, it } from 'vitest';
import { HeldHandler } from '../support/engine/held-handler.js';
import { Gate } from '../support/faults/fates.js';
import { Site } from '../support/faults/site.js';

const QUEUE = 'tasqueue:tasks';
const ONE_AT_A_TIME = { queues: { [QUEUE]: { concurrency: 1 } } };

/** A worker that has started one job and read more of them ahead, and one that will take over. */
async function readAhead(jobs: number) {
  const site = new Site();
  const handler = new HeldHandler();
  const options = { ...ONE_AT_A_TIME, readAhead: jobs - 1 };
  const dying = await site.machine(options).task('work', handler.handle).start();
  const { client } = await site.machine({ role: 'producer' }).connect();
  const ids = await Promise.all(
    Array.from({ length: jobs }, async () => (await client.enqueue('work')).id),
  );
  await handler.run(1);
  await site.settle();
  const takeOver = async (): Promise<void> => {
    await site.machine().task('work', handler.handle).start();
    await site.lapse();
  };
  const crashes = async (): Promise<number[]> =>
    (await Promise.all(ids.map((id) => client.getJob(id)))).map((message) => message.crashes);
  return { site, handler, dying, client, ids, takeOver, crashes };
}

it('a crash counts for the job that had started, not for those read ahead', async () => {
  const { site, dying, takeOver, crashes } = await readAhead(4);
  expect(await site.stores.broker.inspect.counts(QUEUE)).toMatchObject({ started: 1, claimed: 3 });
  dying.crash();
  await takeOver();
  expect(await crashes()).toEqual([1, 0, 0, 0]);
});

it('a crash counts for a job read ahead that has started since', async () => {
  const { handler, site, dying, takeOver, crashes } = await readAhead(2);
  handler.runs[0]?.finish();
  await site.settle();
  expect(handler.runs).toHaveLength(2);
  dying.crash();
  await takeOver();
  expect(await crashes()).toEqual([0, 1]);
});

it('every start is an attempt, a crash is no retry', async () => {
  const { handler, dying, client, ids, takeOver } = await readAhead(1);
  dying.crash();
  await takeOver();
  expect(handler.runs).toHaveLength(2);
  expect(handler.runs[1]?.ctx.attempt).toBe(2);
  expect(await client.getJob(ids[0]!)).toMatchObject({ attempt: 2, crashes: 1, retried: 0 });
});

it('a job that kills its workers comes back after a growing delay', async () => {
  const site = new Site();
  // Sweeps, and works on nothing that matters.
  await site
    .machine()
    .task('other', () => {}, { queue: 'elsewhere' })
    .start();
  const { client } = await site.machine({ role: 'producer' }).connect();
  const { id } = await client.enqueue('work');
  const delays: number[] = [];
  for (let crash = 0; crash < 5; crash += 1) {
    const handler = new HeldHandler();
    const dying = await site.machine({ maxCrashes: 10 }).task('work', handler.handle).start();
    await site.clock.advance(10_000);
    dying.crash();
    for (let ms = 0; ms < 60_000; ms += 100) {
      await site.clock.advance(100);
      const [stored] = await site.stores.broker.find([id]);
      if (stored?.crashes !== crash + 1) continue;
      delays.push(Math.max(0, stored.dueAt - site.clock.now()));
      break;
    }
    await site.clock.advance(10_000);
  }
  expect(delays).toEqual([0, 1_000, 2_000, 4_000, 8_000]);
});

it.each([
  ['that ends when its signal fires', true],
  ['that does not care', false],
])('a shutdown counts for nothing, not even with a handler %s', async (_, heeds) => {
  const { handler, site, dying, client, ids, takeOver, crashes } = await readAhead(3);
  const run = await handler.run(1);
  if (heeds) run.ctx.signal.addEventListener('abort', () => run.fail(run.ctx.signal.reason));
  await dying.close();
  expect(await client.getJob(ids[0]!)).toMatchObject({ status: 'queued', attempt: 1 });
  await takeOver();
  expect(await crashes()).toEqual([0, 0, 0]);
  const attempts = ids.map((id) =>
    handler.runs.filter(({ ctx }) => ctx.id === id).map(({ ctx }) => [ctx.attempt, ctx.retried]),
  );
  const [first, second] = [
    [1, 0],
    [2, 0],
  ];
  expect(attempts).toEqual([[first, second], [first], [first]]);
  for (const { finish } of handler.runs) finish();
  await site.settle();
  for (const id of ids) expect(site.witness.of(id)).toHaveLength(1);
});

it('a job that waits for the results before its start has not been started', async () => {
  const { site, handler, dying, client, ids } = await readAhead(1);
  dying.crash();
  const other = await site.machine().task('work', handler.handle).start();
  await client.enqueue('work');
  await handler.run(2);
  const looks = new Gate();
  other.results.next('get', looks.after, ([id]) => id === ids[0]);
  await site.lapse();
  await looks.reached;
  looks.open();
  await site.settle();
  expect(handler.runs[2]?.ctx).toMatchObject({ id: ids[0], attempt: 2 });
});
