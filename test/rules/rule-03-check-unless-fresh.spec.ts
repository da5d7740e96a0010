import { describe, expect, it } from 'vitest';
import { chain } from '../../lib/core/spec/chain.js';
import { group } from '../../lib/core/spec/group.js';
import { job } from '../../lib/core/spec/job.js';
import { HeldHandler } from '../support/engine/held-handler.js';
import { Gate, unanswered } from '../support/faults/fates.js';
import type { Machine } from '../support/faults/machine.js';
import { Site } from '../support/faults/site.js';

const settles = ({ settle }: { settle: readonly unknown[] }): boolean => settle.length > 0;

it('a generated id runs without a look at the results', async () => {
  const site = new Site();
  const worker = await site
    .machine()
    .task('work', () => 'done')
    .start();
  const { id } = await worker.client.enqueue('work');
  await site.settle();
  expect(worker.calls.filter((call) => call === 'get' || call === 'put')).toEqual(['put']);
  expect(await worker.client.getResult(id)).toBe('done');
});

describe('the members of a group', () => {
  const looksBeforeRunning = async (site: Site, id?: string): Promise<number> => {
    const handler = new HeldHandler();
    const worker = await site.machine().task('work', handler.handle).start();
    const { client } = await site.machine({ role: 'producer' }).connect();
    await client.enqueueGroup(group([job('work'), job('work')], { id }));
    await handler.run(2);
    return worker.calls.filter((call) => call === 'get').length;
  };

  it('run without a look where they were sent with it, under a generated id', async () => {
    expect(await looksBeforeRunning(new Site())).toBe(0);
  });

  it('are looked up where its id is the caller’s own: it may be sent again', async () => {
    expect(await looksBeforeRunning(new Site(), 'own')).toBeGreaterThan(0);
  });

  it('are looked up where the broker took them one by one: a worker sends them again', async () => {
    expect(await looksBeforeRunning(Site.modest({ atomicEnqueue: false }))).toBeGreaterThan(0);
  });
});

it('a generated id that somebody had before is looked up: its outcome may be on record', async () => {
  const site = new Site();
  let runs = 0;
  const work = (): number => ++runs;
  const first = await site.machine().task('work', work).start();
  first.broker.next('work', unanswered, settles);
  const { id } = await first.client.enqueue('work');
  await site.settle();
  first.crash();
  const second = await site.machine().task('work', work).start();
  await site.lapse();
  expect(runs).toBe(1);
  expect(await second.client.getResult(id)).toBe(1);
  expect(await site.stores.broker.find([id])).toEqual([undefined]);
});

describe('an own id that arrives at the broker a second time', () => {
  /** The same id, sent by two; what the second sends is on its way until the first is through. */
  async function twice(between: (worker: Machine) => Promise<void>) {
    const site = new Site();
    const runs: unknown[] = [];
    const slow = await site.machine({ role: 'producer' }).connect();
    const worker = await site
      .machine()
      .task('work', (payload) => runs.push(payload))
      .start();
    const late = new Gate();
    slow.broker.next('enqueue', late.before);
    const sent = slow.client.enqueue('work', 'late', { id: 'own' });
    await late.reached;
    await worker.client.enqueue('work', 'first', { id: 'own' });
    await site.settle();
    await between(worker);
    late.open();
    await sent;
    await site.lapse();
    return { site, runs };
  }

  it('does not run again after it has ended', async () => {
    const { site, runs } = await twice(async () => {});
    expect(runs).toEqual(['first']);
    expect(await site.stores.broker.find(['own'])).toEqual([undefined]);
  });

  it('does not run after it was deleted', async () => {
    const { site, runs } = await twice((worker) => worker.client.deleteJob('own'));
    expect(runs).toEqual(['first']);
    expect(await site.stores.broker.find(['own'])).toEqual([undefined]);
  });
});

it('a step that is sent a second time, after it has run, does not run again', async () => {
  const site = new Site();
  const second = new HeldHandler();
  const machine = (): Machine =>
    site
      .machine()
      .task('one', () => 1)
      .task('two', second.handle);
  const dying = await machine().start();
  const handle = await dying.client.enqueueChain(chain([job('one'), job('two')], { id: 'c' }));
  // The first step has gone on to the second one, and dies before it is settled.
  dying.broker.next('work', unanswered, settles);
  await second.run(1);
  dying.freeze();
  await machine().start();
  await site.lapse();
  second.runs[1]?.finish('done');
  await site.clock.advance(1_000);
  expect(await site.machine().connect()).toBeDefined();
  expect(second.runs).toHaveLength(2);
  expect(site.witness.of('c:1')).toHaveLength(1);
  expect(handle.id).toBe('c');
});

it('the run of a slot that is sent a second time, after it has run, does not run again', async () => {
  const site = new Site();
  const slots: string[] = [];
  const tick = (_: never, ctx: { id: string }): void => void slots.push(ctx.id);
  const dying = await site.machine().task('tick', tick).start();
  await dying.client.enqueue('tick', undefined, { id: 's', schedule: '*/5 * * * *' });
  // It sends the slot's run, but is not heard of again before it has settled the schedule.
  dying.broker.next('work', unanswered, ({ settle }) =>
    settle.some(({ kind }) => kind === 'retry'),
  );
  await site.clock.advance(5 * 60_000);
  expect(slots).toHaveLength(1);
  dying.crash();
  await site.machine().task('tick', tick).start();
  await site.lapse();
  expect(slots).toEqual(['s:2024-07-01T12:05:00.000Z']);
});
