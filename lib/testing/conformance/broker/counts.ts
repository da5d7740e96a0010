import assert from 'node:assert/strict';
import type { QueueCounts } from '../../../core/ports/broker-inspector.js';
import { LAPSE_MS, type BrokerCases, type Scene } from './scene.js';

const NOTHING = {
  waiting: 0,
  delayed: 0,
  retrying: 0,
  claimed: 0,
  started: 0,
  paused: false,
  workers: 0,
};

/** All but `oldestDueAt`. */
async function count(scene: Scene, queue = 'orders'): Promise<Omit<QueueCounts, 'oldestDueAt'>> {
  const { oldestDueAt: _, ...counted } = await scene.broker.inspect.counts(queue);
  return counted;
}

export const counts: BrokerCases = {
  async 'counts what is in each state, and follows each step'(scene) {
    const worker = await scene.worker();
    await scene.enqueue('a', 'b', 'c', 'd', { id: 'e', delayMs: 100 });
    await scene.enqueue({ id: 'elsewhere', queue: 'other' });
    const seen = { ...NOTHING, workers: 1 };
    assert.deepEqual(await count(scene), { ...seen, waiting: 4, delayed: 1 });

    await worker.claim(2);
    await worker.readAhead(1);
    assert.deepEqual(await count(scene), {
      ...seen,
      waiting: 1,
      delayed: 1,
      claimed: 1,
      started: 2,
    });

    await worker.work({ started: [worker.receipt('c')] });
    await worker.ack('a');
    await worker.retry('b', { delayMs: 60_000 });
    assert.deepEqual(await count(scene), {
      ...seen,
      waiting: 1,
      delayed: 1,
      retrying: 1,
      started: 1,
    });

    await scene.pass(150);
    await scene.remove('d', 'b');
    await worker.release('c');
    assert.deepEqual(await count(scene), { ...seen, waiting: 2 });

    await worker.claim();
    await worker.ack('c', 'e');
    assert.deepEqual(await count(scene), seen);
  },

  async 'has nothing to say of a queue that nobody has heard of'(scene) {
    assert.deepEqual(await count(scene, 'unheard of'), NOTHING);
    assert.equal((await scene.broker.inspect.counts('unheard of')).oldestDueAt, undefined);
  },

  async 'tells since when the oldest waits'(scene) {
    const worker = await scene.worker();
    const oldest = async (): Promise<number | undefined> =>
      (await scene.broker.inspect.counts('orders')).oldestDueAt;
    const before = await scene.broker.ping();
    await scene.enqueue('a');
    const between = await scene.broker.ping();
    await scene.pass(30);
    await scene.enqueue({ id: 'b', priority: 1 });

    const first = await oldest();
    assert.ok(first !== undefined && before <= first && first <= between);
    assert.deepEqual(await worker.claim(1), ['b']);
    assert.equal(await oldest(), first);
    await worker.claim();
    assert.equal(await oldest(), undefined);
    await worker.giveBack('a');
    assert.equal(await oldest(), first);
  },

  async 'does not count plans and schedules'(scene) {
    const worker = await scene.worker();
    const schedule = { kind: 'schedule', queue: 'orders' } as const;
    await scene.enqueue(
      { id: 'a', ...schedule },
      { id: 'b', ...schedule },
      { id: 'c', ...schedule, delayMs: 60_000 },
      { id: 'd', kind: 'plan' },
      { id: 'e', kind: 'plan', delayMs: 60_000 },
    );
    await worker.claim(1);
    assert.deepEqual(await count(scene), { ...NOTHING, workers: 1 });
    assert.equal((await scene.broker.inspect.counts('orders')).oldestDueAt, undefined);
  },

  async 'tells whether a queue is paused, and how many live sessions work on it'(scene) {
    await scene.worker({ queues: ['x'] });
    const both = await scene.worker({ queues: ['x', 'y'] }, await scene.another());
    await scene.broker.pause('y', true);
    assert.deepEqual(await count(scene, 'x'), { ...NOTHING, workers: 2 });
    assert.deepEqual(await count(scene, 'y'), { ...NOTHING, workers: 1, paused: true });

    await scene.live(LAPSE_MS, both);
    assert.deepEqual(await count(scene, 'x'), { ...NOTHING, workers: 1 });
    await both.leave();
    assert.deepEqual(await count(scene, 'x'), NOTHING);
  },

  async 'names the queues that hold a message, are paused or are worked on'(scene) {
    const queues = async (): Promise<readonly string[]> =>
      (await scene.broker.inspect.queues()).toSorted();
    const worker = await scene.worker({ queues: ['worked on'] });
    await scene.enqueue(
      { id: 'a', queue: 'waiting' },
      { id: 'b', queue: 'delayed', delayMs: 60_000 },
      { id: 'c', queue: 'claimed' },
      { id: 'd', queue: 'schedules', kind: 'schedule', delayMs: 60_000 },
    );
    await worker.claim(1, 'claimed');
    await scene.broker.pause('paused', true);
    const all = ['claimed', 'delayed', 'paused', 'schedules', 'waiting', 'worked on'];
    assert.deepEqual(await queues(), all);

    await worker.ack('c');
    await scene.remove('a', 'b', 'd');
    await scene.broker.pause('paused', false);
    assert.deepEqual(await queues(), ['worked on']);
    await worker.leave();
    assert.deepEqual(await queues(), []);
  },
};
