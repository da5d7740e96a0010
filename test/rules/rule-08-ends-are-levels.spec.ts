import { expect, it } from 'vitest';
import { chain } from '../../lib/core/spec/chain.js';
import { group } from '../../lib/core/spec/group.js';
import { job } from '../../lib/core/spec/job.js';
import { Gate, refused } from '../support/faults/fates.js';
import type { Machine } from '../support/faults/machine.js';
import { atEveryCall, DEATHS } from '../support/faults/mishap.js';
import { Site } from '../support/faults/site.js';

const END = { onSuccess: [job('work')], onComplete: [job('work')] };

/** What is enqueued, and all that has to come of it, each with one outcome; more of it in `every-call`. */
const SCENES: readonly [string, (client: Machine['client']) => Promise<unknown>, string[]][] = [
  [
    'a group and its callbacks',
    (client) => client.enqueueGroup(group([job('work'), job('work')], { id: 'g', ...END })),
    ['g:0', 'g:1', 'g:complete:0', 'g:success:0'],
  ],
  [
    'a chain',
    (client) => client.enqueueChain(chain([job('work'), job('work')], { id: 'c' })),
    ['c:0', 'c:1'],
  ],
];

it.each(SCENES)('%s come to one end, wherever a worker dies', async (_, enqueue, outcomes) => {
  await atEveryCall(DEATHS, async (mishap) => {
    const site = new Site();
    const machine = (): Machine => site.machine().task('work', (__: never, ctx) => ctx.id);
    const { client } = await machine().connect();
    await enqueue(client);
    const dying = machine();
    mishap.awaits(dying);
    dying.start().catch(() => {});
    await site.settle();
    mishap.over();
    await machine().start();
    await site.lapse();
    expect(site.witness.outcomes.map(({ id }) => id).toSorted()).toEqual(outcomes);
  });
});

it.each([
  ['cancels', (client: Machine['client']) => client.cancel('g:1')],
  ['deletes', (client: Machine['client']) => client.deleteJob('g:1')],
])('a group ends when somebody %s the last member that is open', async (_, act) => {
  const site = new Site();
  const done: string[] = [];
  const work = (__: never, ctx: { id: string }): number => done.push(ctx.id);
  const { client } = await site.machine({ role: 'producer' }).connect();
  await site.machine().task('work', work).start();
  await client.enqueueGroup(
    group([job('work'), job('work', undefined, { delay: 60_000 })], {
      id: 'g',
      onError: [job('work')],
    }),
  );
  await site.settle();
  await act(client);
  await site.settle();
  expect((await client.getGroup('g')).status).toBe('failed');
  expect(done).toEqual(['g:0', 'g:error:0']);
});

it('a group whose last two members end at the same time ends once', async () => {
  const site = new Site();
  const done: string[] = [];
  const work = (_: never, ctx: { id: string }): number => done.push(ctx.id);
  const options = { queues: { 'tasqueue:tasks': { concurrency: 1 } } };
  const workers = [site.machine(options), site.machine(options)];
  const marks = workers.map((worker) => {
    const gate = new Gate();
    worker.results.next('mark', gate.after);
    return gate;
  });
  for (const worker of workers) await worker.task('work', work).start();
  const { client } = await site.machine({ role: 'producer' }).connect();
  await client.enqueueGroup(
    group([job('work'), job('work')], { id: 'g', onSuccess: [job('work')] }),
  );
  await Promise.all(marks.map((gate) => gate.reached));
  for (const gate of marks) gate.open();
  await site.settle();
  expect(done.toSorted()).toEqual(['g:0', 'g:1', 'g:success:0']);
});

it('a chain goes on whose first step has ended before the chain itself was stored', async () => {
  const site = new Site();
  const done: string[] = [];
  const work = (_: never, ctx: { id: string }): number => done.push(ctx.id.slice(-2));
  const worker = site.machine().task('work', work);
  const stored = new Gate();
  worker.results.next('plan', stored.before);
  await worker.start();
  await worker.client.enqueueChain(chain([job('work'), job('work'), job('work')]));
  await stored.reached;
  await site.settle();
  expect(done).toEqual([':0']);
  stored.open();
  await site.settle();
  expect(done).toEqual([':0', ':1', ':2']);
});

it.each([
  ['its group was not told of', 'mark'],
  ['whose follow-ups were not accepted', 'enqueue'],
] as const)('a job %s is not settled', async (_, call) => {
  const site = new Site();
  const done: string[] = [];
  const machine = (): Machine =>
    site.machine().task('work', (__: never, ctx: { id: string }) => done.push(ctx.id));
  const dying = await machine().start();
  const { client } = await site.machine({ role: 'producer' }).connect();
  await client.enqueueGroup(
    group([job('work', undefined, { onSuccess: [job('work')] })], { onSuccess: [job('work')] }),
  );
  if (call === 'mark') dying.results.next(call, refused);
  else dying.broker.next(call, refused);
  await site.settle();
  dying.crash();
  await machine().start();
  await site.lapse();
  expect(site.witness.outcomes).toHaveLength(3);
});
