import { describe, expect, it } from 'vitest';
import { job } from '../../../lib/core/spec/job.js';
import type { TasqueueEvent } from '../../../lib/core/events.js';
import type { Notice } from '../../../lib/core/ports/broker.js';
import { deferred, Instance, memoryWorld, type World } from '../../support/engine/instance.js';
import { overriding } from '../../support/engine/overriding.js';

const isNews = ({ topic }: Notice): boolean => topic === 'events';

/** A world whose broadcasts of events are noted, and may be refused or held up. */
function notedWorld(before: () => Promise<void> = () => Promise.resolve()) {
  const world = memoryWorld();
  const notices: Notice[] = [];
  const broker = overriding(world.broker, {
    broadcast: async (notice) => {
      if (!isNews(notice)) return world.broker.broadcast(notice);
      notices.push(notice);
      await before();
      return world.broker.broadcast(notice);
    },
  });
  return { world: { ...world, broker }, notices };
}

function heardBy({ tasqueue }: Instance): TasqueueEvent[] {
  const heard: TasqueueEvent[] = [];
  tasqueue.allEvents?.subscribe((event) => void heard.push(event));
  return heard;
}

const countOf = ({ body }: Notice): number => {
  const { events }: { events: unknown[] } = JSON.parse(body);
  return events.length;
};

const namesOf = (events: readonly TasqueueEvent[]) =>
  events.map(({ name, remote }) => `${remote ? 'remote ' : ''}${name}`);

/** A producer and a worker on the same stores, both of which share their events. */
async function shopAndWorker(world: World) {
  const shop = new Instance(world, { role: 'producer', events: 'all' });
  const worker = new Instance(world, { events: 'all' }).task('t', () => 'also secret');
  await shop.connect();
  await worker.start();
  return { shop, worker, quiet: () => world.clock.advance(0) };
}

describe('events of all processes', () => {
  it('are heard everywhere, once, with the process that told them, and without payloads', async () => {
    const { world, notices } = notedWorld();
    const { shop, worker, quiet } = await shopAndWorker(world);
    const [inShop, inWorker] = [heardBy(shop), heardBy(worker)];
    await shop.client.enqueue('t', 'secret', { id: 'a' });
    await quiet();
    expect(namesOf(inShop)).toEqual(['enqueued', 'remote processing', 'remote successful']);
    expect(namesOf(inWorker)).toEqual(['remote enqueued', 'processing', 'successful']);
    expect(inShop[2]).toEqual({ ...inWorker[2], remote: true });
    expect(inShop[2]).toMatchObject({ jobId: 'a', task: 't', origin: { host: 'test', pid: 1 } });
    expect(inShop[1]?.waitedMs).toBe(0);
    expect(JSON.stringify(notices)).not.toContain('secret');
  });

  it('tell errors cut short', async () => {
    const world = memoryWorld();
    const { shop } = await shopAndWorker(world);
    const heard = heardBy(shop);
    const fails = () => {
      throw new Error('e'.repeat(2_000));
    };
    const worker = new Instance(world, { queues: ['q'], events: 'all' }).task('fails', fails);
    await worker.start();
    await worker.client.enqueue('fails', undefined, { queue: 'q' });
    await world.clock.advance(0);
    expect(heard.at(-1)).toMatchObject({ name: 'failed', error: 'e'.repeat(500) });
  });

  it('are apart from those of this process, which are the same as ever', async () => {
    const { shop, worker, quiet } = await shopAndWorker(memoryWorld());
    const own: TasqueueEvent[] = [];
    worker.tasqueue.events.subscribe((event) => void own.push(event));
    await shop.client.enqueue('t');
    await quiet();
    expect(namesOf(own)).toEqual(['processing', 'successful']);
  });

  it('cost nothing where nobody asks for them', async () => {
    const { world, notices } = notedWorld();
    const quiet = await new Instance(world).task('t', () => 1).start();
    const { shop } = await shopAndWorker(world);
    const heard = heardBy(shop);
    await quiet.client.enqueue('t');
    await world.clock.advance(0);
    expect(quiet.tasqueue.allEvents).toBeUndefined();
    expect(quiet.tasqueue.events.heard).toBe(false);
    expect(namesOf(heard)).not.toContain('remote enqueued');
    for (const { body } of notices) expect(body).not.toContain('"enqueued"');
  });

  it('travel together, some 256 to a notice', async () => {
    const { world, notices } = notedWorld();
    const { shop, quiet } = await shopAndWorker(world);
    await shop.client.enqueueMany(
      Array.from({ length: 600 }, () => job('t', undefined, { delay: 60_000 })),
    );
    await quiet();
    expect(notices.map(countOf)).toEqual([256, 256, 88]);
  });

  it('are dropped when the broker does not take them, which is logged, and jobs go on', async () => {
    let broken = true;
    const { world } = notedWorld(async () => {
      if (broken) throw new Error('no connection');
    });
    const { shop, worker, quiet } = await shopAndWorker(world);
    const heard = heardBy(shop);
    const handle = await shop.client.enqueue('t');
    expect(await handle.result()).toBe('also secret');
    await quiet();
    expect(namesOf(heard)).toEqual(['enqueued']);
    expect(worker.lines).toContainEqual({
      level: 'warn',
      message: 'other processes were not told of some events',
      fields: { dropped: 2 },
    });
    broken = false;
    await shop.client.enqueue('t');
    await quiet();
    expect(namesOf(heard).slice(-2)).toEqual(['remote processing', 'remote successful']);
  });

  it('are bounded in number while the broker does not answer', async () => {
    const held = deferred();
    const { world, notices } = notedWorld(() => held.promise);
    const { shop, quiet } = await shopAndWorker(world);
    const specs = Array.from({ length: 1_000 }, () => job('t', undefined, { delay: 60_000 }));
    for (let round = 0; round < 6; round++) await shop.client.enqueueMany(specs);
    expect(notices).toHaveLength(1);
    held.resolve();
    await quiet();
    const told = notices.reduce((sum, notice) => sum + countOf(notice), 0);
    expect(told).toBe(256 + 4_096);
    expect(shop.lines).toContainEqual(
      expect.objectContaining({ fields: { dropped: 6_000 - 256 - 4_096 } }),
    );
  });

  it('are waited for when the process closes', async () => {
    const held = deferred();
    const { world } = notedWorld(() => held.promise);
    const { shop, worker, quiet } = await shopAndWorker(world);
    const inWorker = heardBy(worker);
    await shop.client.enqueue('t', undefined, { delay: 60_000 });
    const closed: string[] = [];
    const closing = shop.tasqueue.close().then(() => closed.push('closed'));
    await quiet();
    expect(closed).toEqual([]);
    held.resolve();
    await closing;
    expect(namesOf(inWorker)).toEqual(['remote enqueued']);
  });

  it('that wait are still sent when the process closes; then it hears no more', async () => {
    const { shop, worker, quiet } = await shopAndWorker(memoryWorld());
    const [inShop, inWorker] = [heardBy(shop), heardBy(worker)];
    const enqueued = shop.client.enqueue('t', undefined, { delay: 60_000 });
    await enqueued;
    await shop.close();
    expect(namesOf(inWorker)).toEqual(['remote enqueued']);
    await worker.client.enqueue('t');
    await quiet();
    expect(namesOf(inShop)).toEqual(['enqueued']);
  });

  it('that another release tells, or that are no events at all, are left out', async () => {
    const world = memoryWorld();
    const { shop, quiet } = await shopAndWorker(world);
    const heard = heardBy(shop);
    const known = { name: 'failed', jobId: 'j', task: 't', queue: 'q', at: 5, later: true };
    const events = [{ ...known, name: 'teleported' }, known, null, { name: 'failed' }, 7];
    const bodies = [
      'no json',
      'null',
      '{}',
      JSON.stringify({ teller: 'x', host: 1, pid: 'y', events: [known] }),
      JSON.stringify({ teller: 'x', host: 'h', pid: 2, events: 'none' }),
      JSON.stringify({ teller: 'x', host: 'h', pid: 2, events }),
    ];
    for (const body of bodies) await world.broker.broadcast({ topic: 'events', body });
    await quiet();
    expect(heard).toEqual([
      {
        name: 'failed',
        jobId: 'j',
        task: 't',
        queue: 'q',
        at: new Date(5),
        origin: { host: 'h', pid: 2 },
        remote: true,
      },
    ]);
  });
});
